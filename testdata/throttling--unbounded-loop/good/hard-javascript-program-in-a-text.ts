export const sample = String.raw`
import requests
for machine in machines:
    requests.get(f"https://api.security.microsoft.com/api/machines/{machine}")
`;
