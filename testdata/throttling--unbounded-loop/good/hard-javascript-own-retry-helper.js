const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function call(path) {
  for (let n = 0; n < 5; n++) {
    const reply = await fetch(`https://api.securitycenter.microsoft.com/api/${path}`);
    if (reply.ok) return reply.json();
    await wait(15000);
  }
  throw new Error('gave up');
}

async function archive(machines) {
  for (const machine of machines) {
    console.log(await call(`machines/${machine}`));
  }
}
