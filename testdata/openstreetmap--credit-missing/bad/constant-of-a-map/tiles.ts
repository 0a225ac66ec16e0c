export const TILES = 'https://tile.openstreetmap.org/{z}/{x}/{y}.png';
// ~^ openstreetmap/credit-missing "https://tile.openstreetmap.org/{z}/{x}/{y}.png" warning
