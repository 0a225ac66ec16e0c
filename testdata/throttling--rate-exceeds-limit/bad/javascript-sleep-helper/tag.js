const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const API = 'https://api.securitycenter.microsoft.com/api';

export async function tagAll(machines, token) {
  for (const machine of machines) {
    await fetch(`${API}/machines/${machine.id}/tags`, { method: 'POST', headers: { Authorization: token } });
    await sleep(250);
    // ~^ throttling/rate-exceeds-limit "sleep(250)" error
  }
}
