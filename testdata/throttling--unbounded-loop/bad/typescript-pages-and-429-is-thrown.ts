async function get(url: string) {
  const response = await fetch(url);
  if (response.status === 429) {
    throw new Error('throttled');
  }
  return response.json();
}

export async function pages() {
  let url: string | null = 'https://api.security.microsoft.com/api/machines';
  while (url) {
    const page = await get(url);
    // ~^ throttling/unbounded-loop "get(url)" note
    url = page['@odata.nextLink'] ?? null;
  }
}
