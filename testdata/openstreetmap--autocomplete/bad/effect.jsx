import { useEffect, useState } from 'react';

export function PlaceField() {
  const [query, setQuery] = useState('');
  const [places, setPlaces] = useState([]);
  useEffect(() => {
    fetch(`https://nominatim.openstreetmap.org/search?format=json&q=${query}`)
// ~^ openstreetmap/autocomplete "fetch(`https://nominatim.openstreetmap.org/search?format=json&q=${query}`)" warning
      .then((reply) => reply.json())
      .then(setPlaces);
  }, [query]);
  return <input value={query} onChange={(event) => setQuery(event.target.value)} />;
}
