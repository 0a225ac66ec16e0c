import http from 'k6/http';

// Once through, to see that the token works.
export const options = { vus: 1, iterations: 5 };

export default function () {
  http.get('https://api.securitycenter.microsoft.com/api/machines');
  http.get('https://api.securitycenter.microsoft.com/api/alerts');
}
