import axios from 'axios';
import axiosRetry from 'axios-retry';

export const http = axios.create({ baseURL: 'https://api.security.microsoft.com/api', timeout: 30_000 });

axiosRetry(http, {
  retries: 8,
  retryDelay: axiosRetry.exponentialDelay,
  retryCondition: (error) => error.response?.status === 429 || axiosRetry.isNetworkError(error),
});
