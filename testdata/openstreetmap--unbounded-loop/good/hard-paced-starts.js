export async function all(names) {
  const found = [];
  for (const name of names) {
    found.push(fetch(`https://nominatim.openstreetmap.org/search?q=${name}&format=jsonv2`));
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return Promise.all(found);
}
