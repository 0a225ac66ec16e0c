// Names the places of a live ferry position.
const headers = { 'User-Agent': 'ferry-board/0.4 (board@ferry.example)' };

setInterval(async () => {
// ~^ openstreetmap/rate-exceeds-limit "setInterval(" error
  const { lat, lon } = await ferry.position();
  const answer = await fetch(
    `https://nominatim.openstreetmap.org/reverse?lat=${lat}&lon=${lon}&format=jsonv2`,
    { headers },
  );
  board.show((await answer.json()).display_name);
}, 200);
