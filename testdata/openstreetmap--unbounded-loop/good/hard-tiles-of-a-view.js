// Tiles are shown, not searched for: no rate is documented.
for (const [x, y] of view.tiles()) {
  const image = new Image();
  image.src = `https://tile.openstreetmap.org/${view.zoom}/${x}/${y}.png`;
  view.draw(image); // © OpenStreetMap contributors stands below the map
}
