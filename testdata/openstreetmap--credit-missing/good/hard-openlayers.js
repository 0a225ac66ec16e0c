import Map from 'ol/Map';
import OSM from 'ol/source/OSM';
import TileLayer from 'ol/layer/Tile';

export const map = new Map({ target: 'map', layers: [new TileLayer({ source: new OSM() })] });
