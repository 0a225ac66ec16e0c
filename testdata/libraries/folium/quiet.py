import folium

piers = folium.Map(location=[51.05, 3.72])
folium.Marker([51.05, 3.72]).add_to(piers)
piers.save("piers.html")
bare = folium.Map(location=[51.05, 3.72], tiles="CartoDB positron")
bare.save("bare.html")
