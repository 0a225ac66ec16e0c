export async function locate(pier) {
  const answer = await fetch(`https://nominatim.openstreetmap.org/search?format=json&q=${pier}`);
  return answer.json();
}
