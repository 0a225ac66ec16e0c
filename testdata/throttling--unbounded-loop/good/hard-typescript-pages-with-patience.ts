const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

export async function* pages<T>(first: string, headers: HeadersInit): AsyncGenerator<T[]> {
  let next: string | undefined = first;
  while (next) {
    const response: Response = await fetch(next, { headers });
    if (response.status === 429) {
      await pause(Number.parseFloat(response.headers.get('Retry-After') ?? '') || 30);
      continue;
    }
    const page: { value: T[]; '@odata.nextLink'?: string } = await response.json();
    yield page.value;
    next = page['@odata.nextLink'];
  }
}

export const alerts = (headers: HeadersInit) => pages<Alert>('https://api.security.microsoft.com/api/alerts', headers);
