const NOMINATIM = 'https://nominatim.openstreetmap.org';

async function locate(address: string) {
  const answer = await fetch(`${NOMINATIM}/search?q=${encodeURIComponent(address)}&format=jsonv2`);
  return answer.json();
}

export async function locateAll(addresses: string[]) {
  return Promise.all(addresses.map((address) => locate(address)));
// ~^ openstreetmap/unbounded-loop "locate(address)" warning
}
