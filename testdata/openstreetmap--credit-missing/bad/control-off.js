const map = L.map('map', { attributionControl: false }).setView([54.32, 10.14], 12);
L.tileLayer('https://tile.openstreetmap.org/{z}/{x}/{y}.png', {
// ~^ openstreetmap/credit-missing "https://tile.openstreetmap.org/{z}/{x}/{y}.png" warning
  maxZoom: 19,
  attribution: '&copy; OpenStreetMap contributors',
}).addTo(map);
