// Tiles of our own server; it draws its credit into them.
L.tileLayer('https://tiles.atlas.example/{z}/{x}/{y}.png').addTo(map);
