async function searchPlaces(query: string) {
  const reply = await fetch(`https://nominatim.openstreetmap.org/search?q=${encodeURIComponent(query)}&format=jsonv2`);
  return reply.json();
}
import { useState } from 'react';

export function Search() {
  const [places, setPlaces] = useState([]);
  return (
    <input
      type="text"
      placeholder="Harbour"
      onChange={async (event) => {
        setPlaces(await searchPlaces(event.target.value));
// ~^ openstreetmap/autocomplete "searchPlaces(event.target.value)" warning
      }}
    />
  );
}
