import { writeFile } from 'node:fs/promises';

export async function saveHarbour(zoom, west, north, east, south) {
  for (let x = west; x <= east; x++) {
// ~^ openstreetmap/tiles-in-bulk "for (let x = west; x <= east; x++) {" warning
    for (let y = north; y <= south; y++) {
      const reply = await fetch(`https://tile.openstreetmap.org/${zoom}/${x}/${y}.png`);
      await writeFile(`cache/${zoom}-${x}-${y}.png`, Buffer.from(await reply.arrayBuffer()));
    }
  }
}
