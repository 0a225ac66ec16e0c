import { DefenderClient } from './client';

export async function* machines(ids: AsyncIterable<string>, token: string): AsyncGenerator<Machine> {
  const client = new DefenderClient(token);
  for await (const id of ids) {
    yield await client.machine(id);
  }
}
