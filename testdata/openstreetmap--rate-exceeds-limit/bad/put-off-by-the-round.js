async function lookUp(pier) {
  const reply = await fetch(`https://nominatim.openstreetmap.org/search?format=jsonv2&q=${encodeURIComponent(pier)}`);
  return reply.json();
}

piers.forEach((pier, index) => {
  setTimeout(async () => {
// ~^ openstreetmap/rate-exceeds-limit "setTimeout" error
    show(pier, await lookUp(pier.name));
  }, index * 250);
});
