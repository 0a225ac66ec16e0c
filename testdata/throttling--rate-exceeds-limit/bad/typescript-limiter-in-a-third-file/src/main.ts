import { getJson } from './client';
import { readIds, token } from './config';

for (const id of await readIds()) {
  const machine = await getJson<Machine>(`/machines/${id}`, token);
  console.log(machine.computerDnsName);
}
