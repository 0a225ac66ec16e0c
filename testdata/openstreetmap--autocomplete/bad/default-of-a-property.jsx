import { useEffect, useState } from 'react';

export function HarbourField({ server = 'https://nominatim.openstreetmap.org', onPick }) {
  const [words, setWords] = useState('');
  useEffect(() => {
    fetch(`${server}/search?format=jsonv2&q=${words}`).then((answer) => answer.json()).then(onPick);
    // ~^ openstreetmap/autocomplete "fetch(`${server}/search?format=jsonv2&q=${words}`)" warning
  }, [words]);
  return <input value={words} onChange={(event) => setWords(event.target.value)} />;
}
