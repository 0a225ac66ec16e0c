import http from 'k6/http';
import { sleep } from 'k6';

export const options = { vus: 50, duration: '5m' };

// Our own page; what it asks of the geocoder is cached.
export default function () {
  http.get('https://atlas.example/places?near=Bruges');
  sleep(0.1);
}
