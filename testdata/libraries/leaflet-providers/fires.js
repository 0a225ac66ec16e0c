import L from 'leaflet';
import 'leaflet-providers';

const map = L.map('piers', { attributionControl: false });
L.tileLayer.provider('OpenStreetMap.Mapnik').addTo(map);
