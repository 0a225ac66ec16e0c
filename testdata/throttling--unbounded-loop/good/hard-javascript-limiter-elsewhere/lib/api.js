const Bottleneck = require('bottleneck');
const limiter = new Bottleneck({ minTime: 700 });

async function callApi(url) {
  await limiter.schedule(() => Promise.resolve());
  const response = await fetch(url);
  return response.json();
}

module.exports = { callApi };
