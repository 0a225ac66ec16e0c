import StaticMaps from 'staticmaps';

const piers = new StaticMaps({ width: 800, height: 600, tileUrl: 'https://tiles.harbour.example/{z}/{x}/{y}.png' });
await piers.render();
await piers.image.save('piers.png');
