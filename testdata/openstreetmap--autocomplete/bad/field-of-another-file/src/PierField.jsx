import { findPlaces } from './places';

export function PierField({ show }) {
  return <input type="search" onChange={async (event) => show(await findPlaces(event.target.value))} />;
// ~^ openstreetmap/autocomplete "findPlaces(event.target.value)" warning
}
