from staticmap import CircleMarker, StaticMap

# Printed below the picture: © OpenStreetMap contributors.
piers = StaticMap(800, 600, headers={"User-Agent": "piers/1.0 (https://harbour.example)"})
piers.add_marker(CircleMarker((3.72, 51.05), "red", 12))
piers.render(zoom=14).save("piers.png")

own = StaticMap(800, 600, url_template="https://tiles.harbour.example/{z}/{x}/{y}.png")
own.render(zoom=14).save("own.png")
