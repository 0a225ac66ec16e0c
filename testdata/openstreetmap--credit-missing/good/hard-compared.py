from urllib.parse import urlparse


def needs_referrer(url):
    """The tile servers refuse requests that hide where they come from."""
    # https://tile.openstreetmap.org/{z}/{x}/{y}.png among them
    return urlparse(url).hostname == "tile.openstreetmap.org" or url.startswith("https://tile.openstreetmap.org/")
