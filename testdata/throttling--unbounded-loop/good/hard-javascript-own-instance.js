import axios from 'axios';
import axiosRetry from 'axios-retry';

const defender = axios.create({ baseURL: 'https://api.securitycenter.microsoft.com/api' });
axiosRetry(defender, { retries: 3, retryCondition: (error) => error.response.status === 429 });

export async function run(ids) {
  for (const id of ids) {
    await defender.get(`/machines/${id}`);
  }
}
