const { forward } = require('./splunk');

let since = new Date(Date.now() - 3600 * 1000).toISOString();

async function poll(token) {
  const url = `https://api.securitycenter.microsoft.com/api/alerts?$filter=lastUpdateTime gt ${since}`;
  const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
  const { value } = await response.json();
  for (const alert of value) {
    since = alert.lastUpdateTime;
    forward(alert);
  }
  setTimeout(() => poll(token), 500);
  // ~^ throttling/rate-exceeds-limit "setTimeout(() => poll(token), 500)" error
}

poll(process.env.MDE_TOKEN);
