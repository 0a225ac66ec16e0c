from geopy.geocoders import Nominatim

geolocator = Nominatim(user_agent="harbour-timetables/1.2 (https://harbour.example)")
pier = geolocator.geocode("Pier 3")
