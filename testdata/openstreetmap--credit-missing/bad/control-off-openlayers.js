import Map from 'ol/Map';
import OSM from 'ol/source/OSM';
import TileLayer from 'ol/layer/Tile';
import { defaults } from 'ol/control';

export const map = new Map({
  target: 'map',
  controls: defaults({ attribution: false, zoom: true }),
  layers: [new TileLayer({ source: new OSM() })],
// ~^ openstreetmap/credit-missing "new OSM(" warning
});
