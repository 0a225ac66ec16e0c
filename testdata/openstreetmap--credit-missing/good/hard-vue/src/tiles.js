export const url = 'https://tile.openstreetmap.org/{z}/{x}/{y}.png';
