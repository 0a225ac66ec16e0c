import cartopy.io.img_tiles as tiles
import matplotlib.pyplot as plot

osm = tiles.OSM()
axes = plot.axes(projection=osm.crs)
axes.add_image(osm, 12)
