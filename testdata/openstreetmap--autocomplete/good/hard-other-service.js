field.addEventListener('input', async () => {
  const found = await fetch(`https://photon.komoot.io/api/?q=${field.value}`);
  show(await found.json());
});
button.addEventListener('click', async () => {
  const found = await fetch(`https://nominatim.openstreetmap.org/search?q=${field.value}&format=jsonv2`);
  show(await found.json());
});
