import numpy as np
import requests

for lat in np.arange(53.4, 53.7, 0.01):
    for lon in np.arange(9.7, 10.2, 0.01):
        requests.get("https://geo.harbour.example/reverse", params={"lat": lat, "lon": lon})
