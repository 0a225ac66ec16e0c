import { debounce } from 'lodash-es';

async function findPier(words) {
  const answer = await fetch(`https://nominatim.openstreetmap.org/search?format=jsonv2&q=${encodeURIComponent(words)}`);
  list(await answer.json());
}

const soon = debounce(findPier, 400);
document.querySelector('#pier').addEventListener('input', (event) => soon(event.target.value));
// ~^ openstreetmap/autocomplete "soon(event.target.value)" warning
