from requests import Session
from requests_ratelimiter import LimiterAdapter


class FileReputation:
    """Looks files up by their hashes."""

    def __init__(self, token):
        self.session = Session()
        self.session.headers["Authorization"] = "Bearer " + token
        self.session.mount("https://api.security.microsoft.com", LimiterAdapter(per_second=5))
        # ~^ throttling/rate-exceeds-limit "LimiterAdapter(per_second=5)" error

    def stats(self, hashes):
        for sha1 in hashes:
            yield self.session.get("https://api.security.microsoft.com/api/files/%s/stats" % sha1).json()
