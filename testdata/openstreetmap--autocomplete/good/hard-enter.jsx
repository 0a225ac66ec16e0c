export function Search({ show }) {
  const search = async (query) => {
    const reply = await fetch(`https://nominatim.openstreetmap.org/search?q=${query}&format=jsonv2`);
    show(await reply.json());
  };
  return <input onKeyUp={(event) => { if (event.key === 'Enter') search(event.target.value); }} />;
}
