import Bottleneck from 'bottleneck';

const limiter = new Bottleneck({ minTime: 700 });
const prices = await limiter.schedule(() => fetch('https://prices.harbour.example/all'));
for (const id of (await prices.json()).machines) {
  await fetch(`https://api.securitycenter.microsoft.com/api/machines/${id}/tags`, { method: 'POST' });
// ~^ throttling/unbounded-loop "fetch(`https://api.securitycenter.microsoft.com/api/machines/${id}/tags`, { method: 'POST' })" warning
}
