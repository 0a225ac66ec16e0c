import 'leaflet.offline';

const base = L.tileLayer.offline('https://{s}.tile.openstreetmap.org/{z}/{x}/{y}.png', {
  attribution: '© OpenStreetMap contributors',
});
L.control.savetiles(base, { zoomlevels: [12, 13, 14, 15] }).addTo(map);
// ~^ openstreetmap/tiles-in-bulk "control.savetiles(" warning
