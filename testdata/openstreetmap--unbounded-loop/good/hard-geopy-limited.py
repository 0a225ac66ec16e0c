from functools import partial

import pandas as pd
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

geolocator = Nominatim(user_agent="harbour-geo/1.0")
geocode = RateLimiter(partial(geolocator.geocode, language="en"), min_delay_seconds=1)
frame = pd.read_csv("berths.csv")
frame["place"] = frame["address"].apply(geocode)
