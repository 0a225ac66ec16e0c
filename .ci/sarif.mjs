// Judges what the SARIF validator wrote: everything that .ci/sarif-allowed.json does not
// name fails, and so does a name there that nothing is said of any more.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
const [, , what, path, other] = process.argv;

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** What the validator says, as `rule place: sentence`. */
function said(log) {
  const run = log.runs[0];
  for (const invocation of run.invocations ?? []) {
    for (const told of invocation.toolExecutionNotifications ?? []) {
      if (told.level === "error") fail(`the validator failed: ${told.message.text}`);
    }
  }
  return run.results.map((result) => {
    const rule = run.tool.driver.rules[result.ruleIndex];
    const words = result.message.arguments ?? [];
    const template = result.message.text ?? rule.messageStrings[result.message.id].text;
    const sentence = template.replace(/\{(\d+)\}/g, (_, n) => words[n] ?? "");
    const file = result.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? "";
    return { id: result.ruleId.split("/")[0], file: file.split("/").pop(), sentence };
  });
}

if (what === "break") {
  const log = read(path);
  delete log.runs[0].results[0].locations;
  log.runs[0].results[0].ruleIndex = 9999;
  writeFileSync(other, JSON.stringify(log));
} else if (what === "broken") {
  const ids = said(read(path)).map((one) => one.id);
  for (const wanted of ["SARIF1", "GH1"]) {
    if (!ids.some((id) => id.startsWith(wanted))) fail(`a broken report passes the ${wanted}xxx rules`);
  }
} else {
  const allowed = new Set(Object.keys(read(new URL("sarif-allowed.json", import.meta.url))));
  const all = said(read(path));
  const wrong = all.filter((one) => !allowed.has(one.id));
  for (const one of wrong.slice(0, 40)) console.error(`${one.file}: ${one.id}: ${one.sentence}`);
  if (wrong.length) fail(`${wrong.length} faults in SARIF`);
  const stale = [...allowed].filter((id) => !all.some((one) => one.id === id));
  if (stale.length) fail(`.ci/sarif-allowed.json names what is not said any more: ${stale.join(", ")}`);
  console.log(`${readdirSync(other).length} SARIF outputs are sound`);
}
