const Bottleneck = require('bottleneck');

const limiter = new Bottleneck({ maxConcurrent: 5, minTime: 240 });
// ~^ throttling/rate-exceeds-limit "new Bottleneck({ maxConcurrent: 5, minTime: 240 })" error

const getMachine = limiter.wrap(async (id, headers) => {
  const response = await fetch(`https://api.securitycenter.microsoft.com/api/machines/${id}`, { headers });
  return response.json();
});

module.exports = async (ids, headers) => Promise.all(ids.map((id) => getMachine(id, headers)));
