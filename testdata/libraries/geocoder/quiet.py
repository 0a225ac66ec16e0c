import geocoder
places = [geocoder.osm(address, url="http://localhost:8080/search").latlng for address in addresses]
