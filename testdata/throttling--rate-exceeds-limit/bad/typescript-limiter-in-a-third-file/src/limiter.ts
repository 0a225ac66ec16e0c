import { RateLimiter } from 'limiter';

/** Shared by everything that calls the service. */
export const apiLimiter = new RateLimiter({ tokensPerInterval: 5, interval: 'second' });
// ~^ throttling/rate-exceeds-limit "new RateLimiter({ tokensPerInterval: 5, interval: 'second' })" warning
