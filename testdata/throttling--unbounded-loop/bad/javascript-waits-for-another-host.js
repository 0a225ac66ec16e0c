async function issues() {
  const answer = await fetch('https://forge.example/api/issues');
  if (answer.status === 429) {
    await new Promise((done) => setTimeout(done, 5000));
    return issues();
  }
  return answer.json();
}

async function run(ids) {
  for (const id of ids) {
    await fetch(`https://api.securitycenter.microsoft.com/api/machines/${id}`);
    // ~^ throttling/unbounded-loop "fetch(`https://api.securitycenter.microsoft.com/api/machines/${id}`)" warning
  }
}

module.exports = { issues, run };
