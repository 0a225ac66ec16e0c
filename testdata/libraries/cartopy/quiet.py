import cartopy.io.img_tiles as tiles
import matplotlib.pyplot as plot

osm = tiles.OSM(user_agent="piers/1.0 (https://harbour.example)")
axes = plot.axes(projection=osm.crs)
axes.add_image(osm, 12)
axes.text(0, 0, "© OpenStreetMap contributors")
