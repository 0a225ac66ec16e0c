from staticmap import CircleMarker, StaticMap

piers = StaticMap(800, 600)
piers.add_marker(CircleMarker((3.72, 51.05), "red", 12))
piers.render(zoom=14).save("piers.png")
