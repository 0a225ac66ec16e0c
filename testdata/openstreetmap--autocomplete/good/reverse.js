map.on('click', async (event) => {
  const reply = await fetch(`https://nominatim.openstreetmap.org/reverse?lat=${event.lat}&lon=${event.lng}&format=jsonv2`);
  show(await reply.json());
});
