'use strict';

const axios = require('axios');

class Defender {
  constructor(token) {
    this.http = axios.create({
      baseURL: 'https://api.security.microsoft.com/api',
      headers: { Authorization: `Bearer ${token}` },
    });
  }

  async missingPatches(machineId) {
    const { data } = await this.http.get(`/machines/${machineId}/getmissingkbs`);
    return data.value;
  }
}

module.exports = Defender;
