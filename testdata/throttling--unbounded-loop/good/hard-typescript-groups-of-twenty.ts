import { chunk } from 'lodash';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function isolate(ids: string[], headers: Record<string, string>): Promise<void> {
  for (const group of chunk(ids, 20)) {
    await Promise.all(
      group.map((id) =>
        fetch(`https://api.security.microsoft.com/api/machines/${id}/isolate`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ Comment: 'contained by playbook', IsolationType: 'Full' }),
        }),
      ),
    );
    await pause(15_000);
  }
}
