async function machines() {
  const found = [];
  let skip = 0;
  while (true) {
    const reply = await fetch(`https://api.securitycenter.microsoft.com/api/machines?$top=1000&$skip=${skip}`);
    // ~^ throttling/unbounded-loop "fetch(`https://api.securitycenter.microsoft.com/api/machines?$top=1000&$skip=${skip}`)" note
    const { value } = await reply.json();
    if (value.length === 0) break;
    found.push(...value);
    skip += 1000;
  }
  return found;
}
