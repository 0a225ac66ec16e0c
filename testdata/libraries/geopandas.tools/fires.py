from concurrent.futures import ThreadPoolExecutor
from geopandas.tools import geocode
with ThreadPoolExecutor(max_workers=8) as pool:
    pool.map(lambda name: geocode([name], provider="nominatim", user_agent="harbour-geo"), names)
