const map = L.map('map').setView([51.05, 3.72], 13);
L.tileLayer('https://{s}.tile.openstreetmap.org/{z}/{x}/{y}.png', { maxZoom: 19 }).addTo(map);
// ~^ openstreetmap/credit-missing "https://{s}.tile.openstreetmap.org/{z}/{x}/{y}.png" warning
L.marker([51.05, 3.72]).addTo(map).bindPopup('The harbour');
