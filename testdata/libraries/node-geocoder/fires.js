const NodeGeocoder = require('node-geocoder');
const geocoder = NodeGeocoder({ provider: 'openstreetmap' });
async function all(addresses) {
  return Promise.all(addresses.map((address) => geocoder.geocode(address)));
}
