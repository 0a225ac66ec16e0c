import geocoder
places = [geocoder.osm(address).latlng for address in addresses]
