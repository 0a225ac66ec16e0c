function countLetters(words) {
  document.getElementById('count').textContent = words.length;
}

async function suggestPiers(words) {
  const answer = await fetch('https://nominatim.openstreetmap.org/search?format=jsonv2&q=' + encodeURIComponent(words));
  show(await answer.json());
}
