ALERTS_ENDPOINT = "https://api.securitycenter.microsoft.com/api/alerts"
