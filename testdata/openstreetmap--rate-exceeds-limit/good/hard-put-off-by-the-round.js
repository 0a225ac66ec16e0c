async function lookUp(pier) {
  const reply = await fetch(`https://nominatim.openstreetmap.org/search?format=jsonv2&q=${encodeURIComponent(pier)}`);
  return reply.json();
}

piers.forEach((pier, index) => {
  setTimeout(async () => {
    show(pier, await lookUp(pier.name));
  }, 1200 * (index + 1));
});

await Promise.all(
  jetties.map(async (jetty, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 1500));
    return lookUp(jetty);
  }),
);
