from OSMPythonTools.nominatim import Nominatim
nominatim = Nominatim()
for name in names:
    place = nominatim.query(name)
