export function Search() {
  const [query, setQuery] = useState('');
  const search = async () => {
    const reply = await fetch(`https://nominatim.openstreetmap.org/search?q=${query}&format=jsonv2`);
    show(await reply.json());
  };
  return (
    <>
      <input value={query} onChange={(event) => setQuery(event.target.value)} />
      <button onClick={search}>Search</button>
    </>
  );
}
