import StaticMaps from 'staticmaps';

const piers = new StaticMaps({ width: 800, height: 600 });
piers.addMarker({ coord: [3.72, 51.05], img: 'pier.png', width: 24, height: 24 });
await piers.render();
await piers.image.save('piers.png');
