import axios from 'axios';
import axiosRetry from 'axios-retry';

const forge = axios.create({ baseURL: 'https://forge.example/api' });
axiosRetry(forge, { retries: 3, retryCondition: (error) => error.response.status === 429 });
const defender = axios.create({ baseURL: 'https://api.securitycenter.microsoft.com/api' });

export async function run(ids) {
  for (const id of ids) {
    await defender.get(`/machines/${id}`);
    // ~^ throttling/unbounded-loop "defender.get(`/machines/${id}`)" warning
  }
}
