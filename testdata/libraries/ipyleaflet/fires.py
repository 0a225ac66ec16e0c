from ipyleaflet import Map, Marker

piers = Map(center=(51.05, 3.72), zoom=14, attribution_control=False)
piers.add(Marker(location=(51.05, 3.72)))
