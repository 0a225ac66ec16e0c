const axios = require('axios');

const WINDOW = 60 * 1000;
let sent = 0;
let opened = Date.now();

// Counts the calls of the running minute and waits for the next one.
async function send(path, headers) {
  if (sent >= 95) {
    const left = WINDOW - (Date.now() - opened);
    if (left > 0) {
      await new Promise((resolve) => setTimeout(resolve, left));
    }
    sent = 0;
    opened = Date.now();
  }
  sent++;
  const { data } = await axios.get(`https://api.securitycenter.microsoft.com/api${path}`, { headers });
  return data;
}

async function software(ids, headers) {
  const found = {};
  for (const id of ids) {
    found[id] = (await send(`/machines/${id}/software`, headers)).value;
  }
  return found;
}

module.exports = { software };
