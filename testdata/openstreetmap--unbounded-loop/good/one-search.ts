export async function search(words: string) {
  const answer = await fetch(
    `https://nominatim.openstreetmap.org/search?format=jsonv2&q=${encodeURIComponent(words)}`,
  );
  return answer.json();
}
