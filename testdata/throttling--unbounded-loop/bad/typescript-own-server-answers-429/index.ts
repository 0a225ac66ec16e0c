const counts = new Map<string, number>();
function checkRateLimit(user: string): boolean {
  const count = (counts.get(user) ?? 0) + 1;
  counts.set(user, count);
  return count <= 15;
}

async function machineOf(device: string, token: string): Promise<string | null> {
  const response = await fetch(`https://api.securitycenter.microsoft.com/api/machines/findbyaaddeviceid?id=${device}`);
  return response.ok ? (await response.json()).id : null;
}

async function tagAll(devices: string[], token: string): Promise<void> {
  for (const device of devices) {
    const machine = await machineOf(device, token);
    // ~^ throttling/unbounded-loop "machineOf(device, token)" warning
  }
}

serve(async (request) => {
  if (!checkRateLimit(request.user)) {
    return new Response('slow down', { status: 429, headers: { 'Retry-After': '60' } });
  }
  await tagAll(request.devices, request.token);
  return new Response('done');
});
