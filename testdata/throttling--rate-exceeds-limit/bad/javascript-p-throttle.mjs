import pThrottle from 'p-throttle';

const throttle = pThrottle({ limit: 5, interval: 1000 });
// ~^ throttling/rate-exceeds-limit "pThrottle({ limit: 5, interval: 1000 })" error

const alerts = throttle(async (id) => {
  const response = await fetch(`https://api.security.microsoft.com/api/alerts/${id}`);
  return response.json();
});

export async function all(ids) {
  return Promise.all(ids.map((id) => alerts(id)));
}
