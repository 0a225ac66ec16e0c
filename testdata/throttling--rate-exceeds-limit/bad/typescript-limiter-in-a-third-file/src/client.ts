import { apiLimiter } from './limiter';

const ROOT = 'https://api.securitycenter.microsoft.com/api';

export async function getJson<T>(path: string, token: string): Promise<T> {
  await apiLimiter.removeTokens(1);
  const response = await fetch(`${ROOT}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  return (await response.json()) as T;
}
