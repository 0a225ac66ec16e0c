const BASE = 'https://api.security.microsoft.com/api';

export async function devices(ids, token) {
  return Promise.all(
    ids.map(async (id) => {
      const response = await fetch(`${BASE}/machines/${id}`, { headers: { Authorization: token } });
      // ~^ throttling/unbounded-loop "fetch(`${BASE}/machines/${id}`, { headers: { Authorization: token } })" warning
      return response.json();
    }),
  );
}
