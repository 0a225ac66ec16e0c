import pLimit from 'p-limit';

const limit = pLimit(10);

interface Page<T> {
  value: T[];
}

export async function software(ids: string[], token: string): Promise<Page<Software>[]> {
  const headers = { Authorization: `Bearer ${token}` };
  return Promise.all(
    ids.map((id) =>
      limit(async () => {
        const response = await fetch(`https://api.security.microsoft.com/api/machines/${id}/software`, { headers });
        // ~^ throttling/unbounded-loop "fetch(`https://api.security.microsoft.com/api/machines/${id}/software`, { headers })" warning
        return (await response.json()) as Page<Software>;
      }),
    ),
  );
}
