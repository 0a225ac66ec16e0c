async function call(path) {
  const reply = await fetch(`https://api.securitycenter.microsoft.com/api/${path}`);
  if (reply.status === 429) {
    throw new Error('too many calls');
  }
  return reply.json();
}

async function archive(machines) {
  for (const machine of machines) {
    console.log(await call(`machines/${machine}`));
    // ~^ throttling/unbounded-loop "call(`machines/${machine}`)" warning
  }
}
