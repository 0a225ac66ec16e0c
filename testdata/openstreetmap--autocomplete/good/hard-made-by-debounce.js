import { debounce } from 'lodash-es';

async function findPier(words) {
  const answer = await fetch(`https://nominatim.openstreetmap.org/search?format=jsonv2&q=${encodeURIComponent(words)}`);
  list(await answer.json());
}

// Only the width of the field follows what is typed; the search waits for the button.
const soon = debounce(resize, 400);
document.querySelector('#pier').addEventListener('input', (event) => soon(event.target));
document.querySelector('#find').addEventListener('click', () => findPier(document.querySelector('#pier').value));

function resize(field) {
  field.size = field.value.length;
}
