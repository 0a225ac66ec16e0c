const map = L.map('map', { attributionControl: false }).setView([51.05, 3.72], 13);
L.tileLayer('https://tile.openstreetmap.org/{z}/{x}/{y}.png').addTo(map);
