const { callApi } = require('./api');

exports.machines = async (ids) => {
  for (const id of ids) {
    await callApi(`https://api.security.microsoft.com/api/machines/${id}`);
  }
};
