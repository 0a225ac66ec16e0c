async function all(token) {
  let next = 'https://api.securitycenter.microsoft.com/api/machines';
  const found = [];
  while (next) {
    const reply = await fetch(next, { headers: { Authorization: `Bearer ${token}` } });
    const data = await reply.json();
    found.push(...data.value);
    next = data['@odata.nextLink'] || null;
    if (next) await new Promise((resolve) => setTimeout(resolve, 100));
// ~^ throttling/rate-exceeds-limit "setTimeout(resolve, 100)"
  }
  return found;
}
