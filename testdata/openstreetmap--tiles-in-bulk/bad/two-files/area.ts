import { TILE_SERVER } from './server';
import { downloadTile } from './disk';

export async function downloadArea(zoom: number, area: Area) {
  for (let y = area.top; y <= area.bottom; y++) {
// ~^ openstreetmap/tiles-in-bulk "for (let y = area.top; y <= area.bottom; y++) {" warning
    for (let x = area.left; x <= area.right; x++) {
      await downloadTile(`${TILE_SERVER}/${zoom}/${x}/${y}.png`);
    }
  }
}
