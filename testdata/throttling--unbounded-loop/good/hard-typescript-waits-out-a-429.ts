const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function get(url: string) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const response = await fetch(url);
    if (response.status !== 429) {
      return response.json();
    }
    await pause(Number(response.headers.get('Retry-After') ?? 60) * 1000);
  }
  throw new Error('still throttled');
}

export async function pages() {
  let url: string | null = 'https://api.security.microsoft.com/api/machines';
  while (url) {
    const page = await get(url);
    url = page['@odata.nextLink'] ?? null;
  }
}
