from geopandas.tools import geocode
for name in names:
    place = geocode([name], provider="nominatim", user_agent="harbour-geo")
