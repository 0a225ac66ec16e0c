const base = "https://api.security.microsoft.com/api";
const headers = { Authorization: `Bearer ${process.env.TOKEN}` };
const report = {};

report.alerts = await (await fetch(`${base}/alerts`, { headers })).json();
// ~^ throttling/no-throttling-handling "fetch(`${base}/alerts`, { headers })" warning
report.machines = await (await fetch(`${base}/machines`, { headers })).json();
report.indicators = await (await fetch(`${base}/indicators`, { headers })).json();
report.Software = await (await fetch(`${base}/Software`, { headers })).json();
report.Vulnerabilities = await (await fetch(`${base}/Vulnerabilities`, { headers })).json();
report.recommendations = await (await fetch(`${base}/recommendations`, { headers })).json();
report.exposureScore = await (await fetch(`${base}/exposureScore`, { headers })).json();
report.configurationScore = await (await fetch(`${base}/configurationScore`, { headers })).json();
report.investigations = await (await fetch(`${base}/investigations`, { headers })).json();
report.machineactions = await (await fetch(`${base}/machineactions`, { headers })).json();
report.libraryfiles = await (await fetch(`${base}/libraryfiles`, { headers })).json();
console.log(JSON.stringify(report));
