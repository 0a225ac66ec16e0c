const axios = require('axios');

const client = axios.create({ baseURL: 'https://api.security.microsoft.com/api' });
let last = 0;

// Every request of this client waits for its turn.
client.interceptors.request.use(async (config) => {
  const wait = last + 650 - Date.now();
  if (wait > 0) {
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  last = Date.now();
  return config;
});

exports.recommendations = async (ids) => {
  const found = [];
  for (const id of ids) {
    const { data } = await client.get(`/machines/${id}/recommendations`);
    found.push(...data.value);
  }
  return found;
};
