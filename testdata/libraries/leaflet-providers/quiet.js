import L from 'leaflet';
import 'leaflet-providers';

L.tileLayer.provider('OpenStreetMap.Mapnik').addTo(L.map('piers'));
