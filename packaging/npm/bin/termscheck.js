#!/usr/bin/env node
// Runs the binary of this machine's platform, which `packaging/npm/pack` put beside.
"use strict";

const { spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const platform = `${process.platform}-${process.arch}`;
const name = process.platform === "win32" ? "termscheck.exe" : "termscheck";
const binary = join(__dirname, platform, name);
if (!existsSync(binary)) {
  console.error(`termscheck: this package has no binary for ${platform}`);
  process.exit(2);
}
const run = spawnSync(binary, process.argv.slice(2), { stdio: "inherit" });
if (run.error) {
  console.error(`termscheck: ${run.error.message}`);
  process.exit(2);
}
if (run.signal) {
  process.kill(process.pid, run.signal);
}
process.exit(run.status);
