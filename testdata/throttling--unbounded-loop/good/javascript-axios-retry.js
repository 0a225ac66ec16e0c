const axios = require('axios');
const axiosRetry = require('axios-retry');
axiosRetry(axios, { retries: 5, retryCondition: (error) => error.response.status === 429 });
exports.all = async (ids) => {
  for (const id of ids) await axios.get(`https://api.security.microsoft.com/api/machines/${id}`);
};
