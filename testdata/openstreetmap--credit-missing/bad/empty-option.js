import maplibregl from 'maplibre-gl';

export const map = new maplibregl.Map({
  container: 'map',
  style: {
    version: 8,
    sources: {
      base: {
        type: 'raster',
        tiles: ['https://tile.openstreetmap.org/{z}/{x}/{y}.png'],
// ~^ openstreetmap/credit-missing "https://tile.openstreetmap.org/{z}/{x}/{y}.png" warning
        tileSize: 256,
        attribution: '',
      },
    },
    layers: [{ id: 'base', type: 'raster', source: 'base' }],
  },
});
