from setuptools import find_packages, setup

NAME = "onedrive-tides"
# ~^ trademark/name-in-product "onedrive-tides" warning

setup(name=NAME, version="1.0", packages=find_packages(where="src"))
