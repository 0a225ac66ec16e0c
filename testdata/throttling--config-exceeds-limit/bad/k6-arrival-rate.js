import http from 'k6/http';
import { check } from 'k6';

const BASE = 'https://api.securitycenter.microsoft.com';

export const options = {
  scenarios: {
    steady: {
      executor: 'constant-arrival-rate',
      rate: 10,
      // ~^ throttling/config-exceeds-limit "10" error
      timeUnit: '1s',
      duration: '5m',
      preAllocatedVUs: 20,
    },
  },
};

export default function () {
  const answer = http.get(`${BASE}/api/alerts?$top=10`, {
    headers: { Authorization: `Bearer ${__ENV.TOKEN}` },
  });
  check(answer, { 'is there': (r) => r.status === 200 });
}
