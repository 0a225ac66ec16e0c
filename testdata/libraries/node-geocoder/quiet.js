const NodeGeocoder = require('node-geocoder');
const geocoder = NodeGeocoder({ provider: 'mapquest', apiKey: process.env.KEY });
async function all(addresses) {
  return Promise.all(addresses.map((address) => geocoder.geocode(address)));
}
