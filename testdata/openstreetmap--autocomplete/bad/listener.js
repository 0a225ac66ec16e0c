const field = document.querySelector('#place');
field.addEventListener('input', async () => {
  const found = await fetch(`https://nominatim.openstreetmap.org/search?q=${field.value}&format=jsonv2`);
// ~^ openstreetmap/autocomplete "fetch(`https://nominatim.openstreetmap.org/search?q=${field.value}&format=jsonv2`)" warning
  show(await found.json());
});
