import maplibregl from 'maplibre-gl';

const map = new maplibregl.Map({
  container: 'map',
  attributionControl: false,
  style: {
    version: 8,
    sources: {
      base: {
        type: 'raster',
        tiles: ['https://tile.openstreetmap.org/{z}/{x}/{y}.png'],
        attribution: '© OpenStreetMap contributors',
      },
    },
    layers: [{ id: 'base', type: 'raster', source: 'base' }],
  },
});
map.addControl(new maplibregl.AttributionControl({ compact: true }));
