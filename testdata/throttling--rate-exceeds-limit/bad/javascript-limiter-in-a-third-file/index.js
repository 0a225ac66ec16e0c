const { DefenderClient } = require('./src/client');
const ids = require('./machines.json');

(async () => {
  const client = new DefenderClient(process.env.MDE_TOKEN);
  for (const id of ids) {
    const { data } = await client.machine(id);
    console.log(data.computerDnsName, data.healthStatus);
  }
})();
