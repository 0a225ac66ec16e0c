import { portal } from "./session.js";

export async function devicesOf(incident) {
  const found = [];
  for (const device of incident.devices) {
    found.push(await portal.deviceById(device.id));
  }
  return found.filter((device) => device !== null);
}
