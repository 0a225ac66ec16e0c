import { portal } from "./session.js";

export async function devicesOf(incident) {
  const found = await Promise.all(
    incident.devices.map(async (device) => {
      try {
        return await portal.deviceById(device.id);
// ~^ throttling/unbounded-fan-out "portal.deviceById(device.id)" warning
      } catch {
        return null;
      }
    }),
  );
  return found.filter((device) => device !== null);
}
