async function request(url) {
  for (;;) {
    const response = await fetch(url);
    if (response.status !== 429) return response.json();
    const seconds = Number(response.headers.get('Retry-After') ?? 30);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

export async function all(ids) {
  const out = [];
  for (const id of ids) out.push(await request(`https://api.security.microsoft.com/api/machines/${id}`));
  return out;
}
