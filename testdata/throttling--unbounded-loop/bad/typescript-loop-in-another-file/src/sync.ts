import { DefenderClient } from './client';
import { upsert } from './cmdb';

export async function sync(ids: string[], token: string): Promise<void> {
  const client = new DefenderClient(token);
  const machines = await Promise.all(ids.map((id) => client.machine(id)));
  // ~^ throttling/unbounded-loop "client.machine(id)" warning
  await upsert(machines);
}
