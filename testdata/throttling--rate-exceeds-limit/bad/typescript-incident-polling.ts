import { Subject } from 'rxjs';

const INCIDENTS = 'https://api.security.microsoft.com/api/incidents';
const EVERY_MS = 1_000;

export function watchIncidents(token: () => Promise<string>): Subject<Incident> {
  const incidents = new Subject<Incident>();
  setInterval(async () => {
    // ~^ throttling/rate-exceeds-limit "setInterval(" error
    const response = await fetch(INCIDENTS, { headers: { Authorization: `Bearer ${await token()}` } });
    const page = await response.json();
    page.value.forEach((incident: Incident) => incidents.next(incident));
  }, EVERY_MS);
  return incidents;
}
