const axios = require('axios');
const PQueue = require('p-queue');

// Twenty at a time says nothing of how many in a minute.
const queue = new PQueue({ concurrency: 20 });

async function isolateAll(ids, token) {
  for (const id of ids) {
    queue.add(() =>
      axios.post(
        // ~^ throttling/unbounded-loop "axios.post" warning
        `https://api.securitycenter.microsoft.com/api/machines/${id}/isolate`,
        { Comment: 'contained', IsolationType: 'Selective' },
        { headers: { Authorization: `Bearer ${token}` } },
      ),
    );
  }
  await queue.onIdle();
}

module.exports = { isolateAll };
