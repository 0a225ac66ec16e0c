import { whois } from './whois';

// One call of the service; the loop asks another.
export async function domains(hash: string, headers: HeadersInit): Promise<Enriched[]> {
  const response = await fetch(`https://api.securitycenter.microsoft.com/api/files/${hash}/machines`, { headers });
  const { value } = (await response.json()) as { value: Machine[] };
  const enriched: Enriched[] = [];
  for (const machine of value) {
    const owner = await fetch(`https://cmdb.example.org/hosts/${machine.computerDnsName}`).then((r) => r.json());
    enriched.push({ ...machine, owner, registrar: await whois(machine.lastExternalIpAddress) });
  }
  return enriched;
}
