"""A client: each function hands the answer, whatever it is, to its caller."""
import requests

BASE = "https://api.securitycenter.microsoft.com/api"


def alerts(session):
    return session.get(f"{BASE}/alerts")


def machines(session):
    return session.get(f"{BASE}/machines")


def indicators(session):
    return session.get(f"{BASE}/indicators")


def software(session):
    return session.get(f"{BASE}/Software")


def vulnerabilities(session):
    return session.get(f"{BASE}/Vulnerabilities")


def recommendations(session):
    return session.get(f"{BASE}/recommendations")


def exposurescore(session):
    return session.get(f"{BASE}/exposureScore")


def configurationscore(session):
    return session.get(f"{BASE}/configurationScore")


def investigations(session):
    return session.get(f"{BASE}/investigations")


def machineactions(session):
    return session.get(f"{BASE}/machineactions")


def libraryfiles(session):
    return session.get(f"{BASE}/libraryfiles")


