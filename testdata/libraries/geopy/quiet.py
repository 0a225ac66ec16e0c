from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
geolocator = Nominatim(user_agent="harbour-geo/1.0")
geocode = RateLimiter(geolocator.geocode, min_delay_seconds=1)
places = [geocode(address) for address in addresses]
