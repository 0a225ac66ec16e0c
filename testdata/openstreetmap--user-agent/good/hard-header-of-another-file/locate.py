from session import session


def locate(pier):
    return session.get("https://nominatim.openstreetmap.org/search", params={"q": pier}).json()
