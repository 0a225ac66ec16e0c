machines.forEach(async (machine) => {
  await new Promise((done) => setTimeout(done, 900));
  await fetch(`https://api.security.microsoft.com/api/machines/${machine}`);
  // ~^ throttling/unbounded-loop "fetch(`https://api.security.microsoft.com/api/machines/${machine}`)" warning
});
