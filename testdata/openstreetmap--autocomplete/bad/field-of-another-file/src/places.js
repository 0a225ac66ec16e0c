export async function findPlaces(query) {
  const reply = await fetch(`https://nominatim.openstreetmap.org/search?format=jsonv2&q=${query}`);
  return reply.json();
}
