export const BASE_URL = "https://security.microsoft.com";

export const ENDPOINTS = {
  DEVICE: "/apiproxy/mtp/getMachine/machines",
  QUEUE: "/apiproxy/mtp/incidentQueue/incidents/alerts",
};
