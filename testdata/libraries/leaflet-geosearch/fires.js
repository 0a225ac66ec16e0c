import { OpenStreetMapProvider } from 'leaflet-geosearch';
const provider = new OpenStreetMapProvider();
export const all = (names) => Promise.all(names.map((name) => provider.search({ query: name })));
