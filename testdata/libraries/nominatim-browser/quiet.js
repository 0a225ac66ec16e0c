import * as Nominatim from 'nominatim-browser';
export const place = (point) => Nominatim.reverseGeocode({ lat: point.lat, lon: point.lon });
