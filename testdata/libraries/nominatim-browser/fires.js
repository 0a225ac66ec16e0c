import * as Nominatim from 'nominatim-browser';
export const all = (points) =>
  Promise.all(points.map((point) => Nominatim.reverseGeocode({ lat: point.lat, lon: point.lon })));
