import { geocoder } from './http';

export async function locate(piers: string[]) {
  for (const pier of piers) {
    await geocoder.get('/search', { params: { q: pier } });
// ~^ openstreetmap/unbounded-loop "geocoder.get('/search', { params: { q: pier } })" warning
  }
}
