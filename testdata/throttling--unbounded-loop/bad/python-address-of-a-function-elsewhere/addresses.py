def machine_url(machine):
    return f"https://api.securitycenter.microsoft.com/api/machines/{machine}/recommendations"
# ~^ licence/missing "f"https://api.securitycenter.microsoft.com/api/machines/{machine}/recommendations"" warning
