import requests

AGENT = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/120.0"}
OWN = {"User-Agent": "harbour-for-sharepoint/1.0"}
requests.get("https://example.org", headers=AGENT)
