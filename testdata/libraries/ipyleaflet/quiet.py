from ipyleaflet import Map, Marker, basemaps

piers = Map(center=(51.05, 3.72), zoom=14)
piers.add(Marker(location=(51.05, 3.72)))
bare = Map(center=(51.05, 3.72), basemap=basemaps.CartoDB.Positron)
