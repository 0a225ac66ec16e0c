from concurrent.futures import ThreadPoolExecutor
import osmnx as ox
with ThreadPoolExecutor(max_workers=8) as pool:
    pool.map(ox.geocode, names)
