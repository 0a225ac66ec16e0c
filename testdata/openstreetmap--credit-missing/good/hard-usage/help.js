export function usage() {
  console.log(`
Tiles are read from: https://tile.openstreetmap.org/{z}/{x}/{y}.png\n
  - z is the zoom level
  - x and y are the column and the row
`);
}
