import requests

requests.get("https://api.security.microsoft.com/api/alerts")
