const request = require('postman-request');
const Bottleneck = require('bottleneck/es5');

const limiter = new Bottleneck({ minTime: 100 });
// ~^ throttling/rate-exceeds-limit "new Bottleneck({ minTime: 100 })"
const send = (url) => new Promise((ok, no) => request({ url, json: true }, (failed, answer, body) => (failed ? no(failed) : ok(body))));

module.exports = (ids) => Promise.all(ids.map((id) =>
  limiter.schedule(send, `https://api.securitycenter.microsoft.com/api/machines/${id}/alerts`)));
