import ky from 'ky';

export async function tag(machines) {
  for (const id of machines) {
    await ky(`https://api.securitycenter.microsoft.com/api/machines/${id}/tags`, { method: 'post' });
// ~^ throttling/unbounded-loop "ky(`https://api.securitycenter.microsoft.com/api/machines/${id}/tags`, { method: 'post' })" warning
  }
}
