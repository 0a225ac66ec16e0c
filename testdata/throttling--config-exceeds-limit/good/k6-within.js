import http from 'k6/http';
import { sleep } from 'k6';

export const options = {
  scenarios: {
    slow: { executor: 'constant-arrival-rate', rate: 60, timeUnit: '1m', duration: '5m', preAllocatedVUs: 5, exec: 'alerts' },
    page: { executor: 'constant-vus', vus: 50, duration: '5m', exec: 'page' },
  },
};

export function alerts() {
  http.get('https://api.securitycenter.microsoft.com/api/alerts');
}

export function page() {
  http.get('https://console.corp.example/');
  sleep(0.1);
}
