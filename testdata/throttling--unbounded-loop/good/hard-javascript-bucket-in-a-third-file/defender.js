const { turn } = require('./turn');

const BASE = 'https://api.security.microsoft.com/api';

exports.machineUsers = async function machineUsers(id, token) {
  await turn();
  const response = await fetch(`${BASE}/machines/${id}/logonusers`, { headers: { Authorization: `Bearer ${token}` } });
  return (await response.json()).value;
};
