'use strict';

const Defender = require('./lib/defender');

async function report(machines, token) {
  const defender = new Defender(token);
  const lines = [];
  for (const machine of machines) {
    const patches = await defender.missingPatches(machine.id);
    // ~^ throttling/unbounded-loop "defender.missingPatches(machine.id)" warning
    lines.push(`${machine.computerDnsName};${patches.length}`);
  }
  return lines.join('\n');
}

module.exports = { report };
