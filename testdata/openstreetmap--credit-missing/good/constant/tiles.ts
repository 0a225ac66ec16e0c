import { CREDIT } from './texts';

export const base = L.tileLayer('https://tile.openstreetmap.org/{z}/{x}/{y}.png', {
  attribution: CREDIT,
});
