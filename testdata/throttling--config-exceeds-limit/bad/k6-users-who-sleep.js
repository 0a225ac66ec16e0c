import http from 'k6/http';
import { sleep } from 'k6';

export const options = { vus: 30, duration: '10m' };

export default function () {
  http.get('https://api.security.microsoft.com/api/machines', params());
  sleep(2);
  // ~^ throttling/config-exceeds-limit "2" error
}

function params() {
  return { headers: { Authorization: `Bearer ${__ENV.TOKEN}` } };
}
