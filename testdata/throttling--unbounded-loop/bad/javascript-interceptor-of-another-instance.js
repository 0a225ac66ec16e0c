import axios from 'axios';

const forge = axios.create({ baseURL: 'https://forge.example/api' });
forge.interceptors.response.use(undefined, async (error) => {
  if (error.response.status === 429) {
    await new Promise((done) => setTimeout(done, 30000));
    return forge.request(error.config);
  }
  throw error;
});
const defender = axios.create({ baseURL: 'https://api.securitycenter.microsoft.com/api' });

export async function run(ids) {
  for (const id of ids) {
    await defender.get(`/machines/${id}`);
    // ~^ throttling/unbounded-loop "defender.get(`/machines/${id}`)" warning
  }
}
