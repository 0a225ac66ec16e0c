import Map from 'ol/Map';
import TileLayer from 'ol/layer/Tile';
import OSM from 'ol/source/OSM';

new Map({ target: 'piers', layers: [new TileLayer({ source: new OSM() })] });
