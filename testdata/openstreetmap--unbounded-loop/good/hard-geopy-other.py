import pandas as pd
from geopy.geocoders import Nominatim, Photon

own = Nominatim(user_agent="harbour-geo/1.0", domain="nominatim.harbour.example")
photon = Photon()
frame = pd.read_csv("berths.csv")
frame["place"] = frame["address"].apply(own.geocode)
frame["other"] = frame["address"].apply(photon.geocode)
