import os
import requests

BASE = "https://api.securitycenter.microsoft.com/api"
from transport import session
session.headers["Authorization"] = "Bearer " + os.environ["TOKEN"]

report = {}
report["alerts"] = session.get(f"{BASE}/alerts").json()
report["machines"] = session.get(f"{BASE}/machines").json()
report["indicators"] = session.get(f"{BASE}/indicators").json()
report["Software"] = session.get(f"{BASE}/Software").json()
report["Vulnerabilities"] = session.get(f"{BASE}/Vulnerabilities").json()
report["recommendations"] = session.get(f"{BASE}/recommendations").json()
report["exposureScore"] = session.get(f"{BASE}/exposureScore").json()
report["configurationScore"] = session.get(f"{BASE}/configurationScore").json()
report["investigations"] = session.get(f"{BASE}/investigations").json()
report["machineactions"] = session.get(f"{BASE}/machineactions").json()
report["libraryfiles"] = session.get(f"{BASE}/libraryfiles").json()
print(report)
