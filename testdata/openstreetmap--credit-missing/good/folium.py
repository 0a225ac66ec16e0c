import folium

chart = folium.Map(
    location=[51.05, 3.72],
    tiles="https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    attr="OSM",
)
chart.save("chart.html")
