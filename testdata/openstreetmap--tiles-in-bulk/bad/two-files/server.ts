export const TILE_SERVER = 'https://tile.openstreetmap.org';
