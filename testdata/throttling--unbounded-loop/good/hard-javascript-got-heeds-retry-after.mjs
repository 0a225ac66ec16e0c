import got from 'got';

export async function* vulnerabilities(ids, headers) {
  for (const id of ids) {
    const { value } = await got(`https://api.security.microsoft.com/api/machines/${id}/vulnerabilities`, { headers }).json();
    yield { id, value };
  }
}
