const Bottleneck = require('bottleneck');

const limiter = new Bottleneck({ reservoir: 200, reservoirRefreshAmount: 200, reservoirRefreshInterval: 60 * 1000 });
// ~^ throttling/rate-exceeds-limit "new Bottleneck({ reservoir: 200, reservoirRefreshAmount: 200, reservoirRefreshInterval: 60 * 1000 })" warning

module.exports = { limiter };
