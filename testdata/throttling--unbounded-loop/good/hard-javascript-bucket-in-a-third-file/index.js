const { machineUsers } = require('./defender');

module.exports = async (ids, token) => {
  const users = new Map();
  for (const id of ids) {
    users.set(id, await machineUsers(id, token));
  }
  return users;
};
