from staticmap import StaticMap

# Map data © OpenStreetMap contributors
piers = StaticMap(800, 600)
# ~^ openstreetmap/tile-user-agent "StaticMap" note
piers.render(zoom=14).save("piers.png")
