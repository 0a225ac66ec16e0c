import { useCallback, useMemo, useState } from 'react';
import debounce from 'lodash/debounce';

export function PierField({ onFound }) {
  const [words, setWords] = useState('');
  const find = useCallback(async (text) => {
    const answer = await fetch(`https://nominatim.openstreetmap.org/search?format=jsonv2&q=${text}`);
    // ~^ openstreetmap/autocomplete "fetch(`https://nominatim.openstreetmap.org/search?format=jsonv2&q=${text}`)" warning
    onFound(await answer.json());
  }, [onFound]);
  const findSoon = useMemo(() => debounce(find, 300), [find]);
  return <input value={words} onChange={(event) => { setWords(event.target.value); findSoon(event.target.value); }} />;
}
