import Bottleneck from 'bottleneck';

const limiter = new Bottleneck({ minTime: 700 });
for (const id of machines) {
  await limiter.schedule(() => fetch(`https://api.securitycenter.microsoft.com/api/machines/${id}/tags`, { method: 'POST' }));
}
