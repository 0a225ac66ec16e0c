import { useEffect, useState } from 'react';
import { useDebounce } from './hooks';

export function QuayField() {
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState([]);
  const settled = useDebounce<string>(typed, 300);
  useEffect(() => {
    if (!settled) return;
    fetch(`https://nominatim.openstreetmap.org/search?format=jsonv2&q=${settled}`)
    // ~^ openstreetmap/autocomplete "fetch(`https://nominatim.openstreetmap.org/search?format=jsonv2&q=${settled}`)" warning
      .then((answer) => answer.json())
      .then(setFound);
  }, [settled]);
  return <><input value={typed} onChange={(event) => setTyped(event.target.value)} /><List items={found} /></>;
}
