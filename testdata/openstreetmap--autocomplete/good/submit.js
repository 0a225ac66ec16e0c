form.addEventListener('submit', async () => {
  const found = await fetch(`https://nominatim.openstreetmap.org/search?q=${field.value}&format=jsonv2`);
  show(await found.json());
});
