import { setTimeout as pause } from 'node:timers/promises';
import type { Machine, Recommendation } from './models';

const GROUP = 50;

export async function recommendations(machines: Machine[], token: string): Promise<Map<string, Recommendation[]>> {
  const found = new Map<string, Recommendation[]>();
  for (let at = 0; at < machines.length; at += GROUP) {
    const group = machines.slice(at, at + GROUP);
    await Promise.all(
      group.map(async ({ id }) => {
        const response = await fetch(`https://api.security.microsoft.com/api/machines/${id}/recommendations`, {
          headers: { Authorization: `Bearer ${token}` },
        });
        found.set(id, (await response.json()).value);
      }),
    );
    await pause(15_000);
    // ~^ throttling/rate-exceeds-limit "pause(15_000)" error
  }
  return found;
}
