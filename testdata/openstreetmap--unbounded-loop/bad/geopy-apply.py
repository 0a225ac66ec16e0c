import pandas as pd
from geopy.geocoders import Nominatim

geolocator = Nominatim(user_agent="harbour-geo/1.0")
frame = pd.read_csv("berths.csv")
frame["place"] = frame["address"].apply(geolocator.geocode)
# ~^ openstreetmap/unbounded-loop "geolocator.geocode" warning
