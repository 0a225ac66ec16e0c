from geopy.geocoders import Nominatim
geolocator = Nominatim(user_agent="harbour-geo/1.0")
places = [geolocator.geocode(address) for address in addresses]
