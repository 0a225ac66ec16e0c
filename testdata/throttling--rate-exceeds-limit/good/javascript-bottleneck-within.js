const axios = require('axios');
const Bottleneck = require('bottleneck');
const limiter = new Bottleneck({ minTime: 650 });
exports.machine = (id) => limiter.schedule(() => axios.get(`https://api.security.microsoft.com/api/machines/${id}`));
