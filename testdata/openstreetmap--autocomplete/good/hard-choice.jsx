export function Country({ show }) {
  const search = async (name) => {
    const reply = await fetch(`https://nominatim.openstreetmap.org/search?country=${name}&format=jsonv2`);
    show(await reply.json());
  };
  return (
    <select onChange={(event) => search(event.target.value)}>
      <option>Norway</option>
    </select>
  );
}
