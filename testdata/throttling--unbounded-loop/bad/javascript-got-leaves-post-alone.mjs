import got from 'got';

// got tries GET again after 429, but not POST.
export async function tag(ids, headers, value) {
  for (const id of ids) {
    await got.post(`https://api.security.microsoft.com/api/machines/${id}/tags`, { headers, json: { Value: value, Action: 'Add' } });
    // ~^ throttling/unbounded-loop "got.post" warning
  }
}
