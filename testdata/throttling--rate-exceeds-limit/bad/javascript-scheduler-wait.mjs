import { scheduler } from 'node:timers/promises';

export async function* files(hashes, headers) {
  for (const sha1 of hashes) {
    const response = await fetch(`https://api.security.microsoft.com/api/files/${sha1}`, { headers });
    yield response.json();
    await scheduler.wait(300);
    // ~^ throttling/rate-exceeds-limit "scheduler.wait(300)" error
  }
}
