import folium

piers = folium.Map(location=[51.05, 3.72], attributionControl=False)
folium.Marker([51.05, 3.72]).add_to(piers)
piers.save("piers.html")
