// Map data © OpenStreetMap contributors
export async function tile(zoom, column, row) {
  const answer = await fetch(`https://tile.openstreetmap.org/${zoom}/${column}/${row}.png`);
  return URL.createObjectURL(await answer.blob());
}
