const axios = require('axios');
const Bottleneck = require('bottleneck');

const limiter = new Bottleneck({ minTime: 200, maxConcurrent: 4 });
// ~^ throttling/rate-exceeds-limit "new Bottleneck({ minTime: 200, maxConcurrent: 4 })" error

async function machine(id) {
  return limiter.schedule(() => axios.get(`https://api.security.microsoft.com/api/machines/${id}`));
}

module.exports = { machine };
