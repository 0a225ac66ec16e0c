import { BASE_URL, ENDPOINTS } from "./endpoints.js";

export class Portal {
  constructor(http) {
    this.http = http;
  }

  async deviceById(id) {
    const page = BASE_URL + ENDPOINTS.DEVICE;
    const { body } = await this.httpClient.get(page, { machineId: id });
    return body;
  }
}
