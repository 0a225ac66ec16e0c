// Repositories whose reports the browser shows: none, some and 20,000 findings, and hostile
// names and words.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PACK = `
schema: 1
id: acme
title: Acme API terms </script><script>hit("pack title")</script>
owner: { name: Acme, organisations: [acme], holders: [Acme Ltd] }
sources:
  LP: { title: 'Terms <img src=x onerror=hit("title")>', url: 'https://acme.example/"><script>hit("address")</script>' }
  RUN: { title: 'javascript:hit("title")', url: 'https://acme.example/javascript:hit("followed")' }
clauses:
  - { id: voices, source: LP, section: Voices, quote: "Keep your voice down. </script><svg onload=hit('quote')>" }
  - { id: sighs, source: RUN, section: "Sighs \\u2028\\u202E", quote: "Do not sigh." }
`;

const rule = (id, clause, word, severity) => `
- id: acme/${id}
  title: Words are ${id}
  clause: ${clause}
  force: contract
  severity: ${severity}
  confidence: high
  aggregate: none
  check: pattern
  with: { patterns: [{ pattern: '${word}[^ ]*' }], literals: [${word.toLowerCase()}] }
  message: "“{match}” is ${id}"
  help: "Say it quietly. <b>hit</b> \`quietly\`"
  explanation: |
    What it does: looks for it.
  bad: ${word}
  good: said
`;

const write = (path, text) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

/// Makes the reports in a folder; gives the file of each.
export const reports = (termscheck, source, folder) => {
  const pack = join(folder, "pack");
  write(join(pack, "pack.yaml"), PACK);
  write(join(pack, "rules/voices.yaml"),
    rule("shout", "voices", "SHOUT", "error") + rule("sigh", "sighs", "SIGH", "warning") + rule("mutter", "voices", "MUTTER", "note"));
  const own = ["--rules", pack, "--select", "acme/*"];

  const none = join(folder, "none");
  write(join(none, "README.md"), "# Quiet\n");

  const many = join(folder, "many");
  for (let file = 0; file < 400; file += 1) {
    const word = ["SHOUT", "SIGH", "MUTTER"][file % 3];
    const lines = Array.from({ length: 50 }, (_, line) => `The ${word} of ${file} on line ${line}.\n`);
    write(join(many, `area-${file % 7}/part-${file % 31}/page-${file}.md`), lines.join(""));
  }

  const hostile = join(folder, "hostile");
  const words = [
    "SHOUT</script><script>hit('script')</script>", "SHOUT<!--<script>", "SHOUT\u2028\u2029hit('separator')",
    "SHOUT\u202Egnp.exe\u2066", "SHOUT\u001b[2J", "SHOUT\"'><img/src=x/onerror=hit('image')>", "SHOUT]]>{{data}}{{script}}",
    "SIGH", "SHOUT__proto__",
  ];
  write(join(hostile, "a.md"), words.map((word) => `\`\`\`\n\`\`\`\nA ${word} b\n\n`).join(""));
  for (const name of ["<img src=x onerror=hit('path')>.md", "__proto__/constructor.md", "a\u202Egnp.md", "b\nc.md"]) {
    write(join(hostile, name), "A SHOUT.\n");
  }

  const samples = join(source, "testdata");
  const run = (name, ...args) => {
    const page = join(folder, `${name}.html`);
    const json = join(folder, `${name}.json`);
    try {
      execFileSync(termscheck, ["-q", "--no-config", "--format", `html=${page}`, "--format", `json=${json}`, ...args], { stdio: "inherit" });
    } catch (error) {
      if (error.status !== 1) throw error;
    }
    return { page, json };
  };
  return {
    none: run("none", none),
    some: run("some", "--root", samples, ...["credit-missing", "name-in-product", "rate-exceeds-limit", "unbounded-loop", "config-exceeds-limit"].map((rule) => join(samples, `openstreetmap--${rule}`)), join(samples, "throttling--evasion")),
    many: run("many", ...own, many),
    hostile: run("hostile", ...own, hostile),
  };
};
