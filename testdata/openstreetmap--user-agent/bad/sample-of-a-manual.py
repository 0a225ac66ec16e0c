from geopy.geocoders import Nominatim

geolocator = Nominatim(user_agent="my-application")
# ~^ openstreetmap/user-agent "my-application" note
pier = geolocator.geocode("Pier 3")
