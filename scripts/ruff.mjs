// SPDX-License-Identifier: MIT
// Lints Python files and checks their format with ruff's WebAssembly build, for systems without a ruff package.
// usage: node scripts/ruff.mjs SETTINGS.json [--fix] FILE...
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.RUFF_MODULES ?? process.cwd()}/`);
const { Workspace, PositionEncoding } = require("@astral-sh/ruff-wasm-nodejs");

const [settingsFile, ...rest] = process.argv.slice(2);
const fix = rest[0] === "--fix";
const files = fix ? rest.slice(1) : rest;
const workspace = new Workspace(JSON.parse(readFileSync(settingsFile, "utf8")), PositionEncoding.Utf16);

let problems = 0;
for (const file of files) {
  const text = readFileSync(file, "utf8");
  for (const finding of workspace.check(text)) {
    problems += 1;
    const at = finding.start_location;
    console.log(`${file}:${at.row}:${at.column}: ${finding.code ?? "syntax"} ${finding.message}`);
  }
  const formatted = workspace.format(text);
  if (formatted === text) continue;
  if (fix) {
    writeFileSync(file, formatted);
  } else {
    problems += 1;
    console.log(`${file}: would be reformatted`);
  }
}
console.log(`ruff ${Workspace.version()}: ${files.length} files, ${problems} problems`);
process.exit(problems === 0 ? 0 : 1);
