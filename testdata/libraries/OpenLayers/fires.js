import Map from 'ol/Map';
import TileLayer from 'ol/layer/Tile';
import OSM from 'ol/source/OSM';
import { defaults } from 'ol/control/defaults';

new Map({
  target: 'piers',
  layers: [new TileLayer({ source: new OSM() })],
  controls: defaults({ attribution: false }),
});
