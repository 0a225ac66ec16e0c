const nominatim = require('nominatim-client');
const client = nominatim.createClient({ useragent: 'harbour-geo', referer: 'https://harbour.example' });
async function all(addresses) {
  for (const address of addresses) await client.search({ q: address });
}
