const axios = require('axios');
const { limiter } = require('./limiter');

class DefenderClient {
  constructor(token) {
    this.base = 'https://api.securitycenter.microsoft.com/api';
    this.headers = { Authorization: `Bearer ${token}` };
  }

  machine(id) {
    return limiter.schedule(() => axios.get(`${this.base}/machines/${id}`, { headers: this.headers }));
  }
}

module.exports = { DefenderClient };
