async function hunt(query) {
  for (;;) {
    const reply = await fetch('https://api.security.microsoft.com/api/advancedqueries/run', { method: 'POST', body: query });
    // ~^ throttling/unbounded-loop "fetch('https://api.security.microsoft.com/api/advancedqueries/run', { method: 'POST', body: query })" warning
    if (reply.status !== 429) {
      return reply.json();
    }
  }
}
