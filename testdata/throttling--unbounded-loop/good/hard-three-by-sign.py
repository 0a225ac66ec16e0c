import requests

kinds = ["machines"]
kinds += ["alerts", "software"]
kinds.extend(["users"])
for kind in kinds:
    requests.get(f"https://api.securitycenter.microsoft.com/api/{kind}", timeout=30)
