import { RateLimiter } from 'limiter';

export class DefenderClient {
  private readonly base = 'https://api.securitycenter.microsoft.com/api';
  private readonly limiter = new RateLimiter({ tokensPerInterval: 300, interval: 'minute' });
  // ~^ throttling/rate-exceeds-limit "new RateLimiter({ tokensPerInterval: 300, interval: 'minute' })" error

  async get(path: string): Promise<unknown> {
    await this.limiter.removeTokens(1);
    const response = await fetch(`${this.base}/${path}`);
    return response.json();
  }
}
