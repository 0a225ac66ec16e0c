from OSMPythonTools.nominatim import Nominatim
nominatim = Nominatim(endpoint="http://localhost:8080/")
for name in names:
    place = nominatim.query(name)
