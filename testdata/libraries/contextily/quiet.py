import contextily
import geopandas

piers = geopandas.read_file("piers.geojson").to_crs(3857)
axes = piers.plot()
contextily.add_basemap(axes, source=contextily.providers.OpenStreetMap.Mapnik)
others = piers.plot()
contextily.add_basemap(others, attribution=False)
