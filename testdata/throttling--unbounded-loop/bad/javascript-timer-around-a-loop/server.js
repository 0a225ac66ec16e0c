const axios = require('axios');

async function sync() {
  const machines = await axios.get('https://api.securitycenter.microsoft.com/api/machines', { headers });
  for (const machine of machines.data.value) {
    try {
      const found = await axios.get(`https://api.securitycenter.microsoft.com/api/machines/${machine.id}/vulnerabilities`, { headers });
      // ~^ throttling/unbounded-loop "axios.get(`https://api.securitycenter.microsoft.com/api/machines/${machine.id}/vulnerabilities`, { headers })" warning
      cache.set(machine.id, found.data.value);
    } catch (error) {
      console.error('no vulnerabilities for', machine.id);
    }
  }
}

setInterval(sync, 2 * 60 * 1000);
