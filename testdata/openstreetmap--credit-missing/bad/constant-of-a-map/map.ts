import L from 'leaflet';
import { TILES } from './tiles';

L.tileLayer(TILES, { maxZoom: 19 }).addTo(L.map('map'));
