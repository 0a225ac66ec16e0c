import argparse

import folium

parser = argparse.ArgumentParser()
parser.add_argument("--title", default="Walks")
chart = folium.Map(location=[51.05, 3.72], tiles=None)
folium.TileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png").add_to(chart)
# ~^ openstreetmap/credit-missing "https://tile.openstreetmap.org/{z}/{x}/{y}.png" warning
chart.save(f"{parser.parse_args().title}.html")
