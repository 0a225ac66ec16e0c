const PAUSE = parseInt(process.env.MDE_PAUSE ?? '250', 10);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function owners(ids, headers) {
  const owners = {};
  for (const id of ids) {
    const response = await fetch(`https://api.security.microsoft.com/api/machines/${id}/logonusers`, { headers });
    owners[id] = (await response.json()).value;
    await sleep(PAUSE);
    // ~^ throttling/rate-exceeds-limit "sleep(PAUSE)" warning
  }
  return owners;
}

module.exports = { owners };
