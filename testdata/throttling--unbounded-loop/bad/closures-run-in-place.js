// The closures run in place, each for its machine.
export async function fill(machines) {
  for (const machine of machines) {
    await measured(() =>
      fetch(`https://api.securitycenter.microsoft.com/api/machines/${machine}`, { headers: auth() }),
      // ~^ throttling/unbounded-loop "fetch(`https://api.securitycenter.microsoft.com/api/machines/${machine}`, { headers: auth() })" warning
    );
  }
}

async function measured(work) {
  const start = Date.now();
  await work();
  console.log(Date.now() - start);
}
