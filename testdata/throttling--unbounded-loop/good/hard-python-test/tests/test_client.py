import requests

def test_many(requests_mock):
    for i in range(500):
        requests_mock.get(f"https://api.securitycenter.microsoft.com/api/machines/{i}", json={})
        assert requests.get(f"https://api.securitycenter.microsoft.com/api/machines/{i}").json() == {}
