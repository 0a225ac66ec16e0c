import http from 'k6/http';

export const options = { vus: 10, duration: '5m' };
// ~^ openstreetmap/config-exceeds-limit "10" warning

export default function () {
  http.get('https://nominatim.openstreetmap.org/search?q=Bruges&format=jsonv2');
}
