from geopy.geocoders import Nominatim

geolocator = Nominatim(user_agent="my-application")
# ~^ openstreetmap/user-agent "my-application" warning
pier = geolocator.geocode("Pier 3")
