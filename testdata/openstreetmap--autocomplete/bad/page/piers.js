async function suggestPiers(words) {
  const answer = await fetch('https://nominatim.openstreetmap.org/search?format=jsonv2&q=' + encodeURIComponent(words));
  // ~^ openstreetmap/autocomplete "fetch('https://nominatim.openstreetmap.org/search?format=jsonv2&q=' + encodeURIComponent(words))" warning
  show(await answer.json());
}
