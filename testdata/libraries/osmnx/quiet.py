import osmnx as ox
for name in names:
    place = ox.geocode(name)
