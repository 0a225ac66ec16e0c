import requests

session = requests.Session()
session.headers["User-Agent"] = "harbour-timetables/1.2 (https://harbour.example)"
