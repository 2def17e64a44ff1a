// Copies the pinned chart libraries out of node_modules and writes what a reader needs to check
// them: VERSIONS (package, version, file, sha256) and the licence of everything bundled in them.
//
//     npm ci --ignore-scripts && node vendor.mjs
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const FILES = [
  ["vega", "build/vega.min.js"],
  ["vega-lite", "build/vega-lite.min.js"],
  ["vega-embed", "build/vega-embed.min.js"],
];
// Needed by the command-line programs of these packages alone, so not part of the bundles.
const NOT_BUNDLED = new Set([
  "@types", "ansi-regex", "ansi-styles", "cliui", "commander", "emoji-regex", "escalade",
  "get-caller-file", "get-east-asian-width", "iconv-lite", "rw", "safer-buffer", "string-width",
  "strip-ansi", "vega-typings", "wrap-ansi", "y18n", "yargs", "yargs-parser",
]);

const manifest = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));

mkdirSync("vega", { recursive: true });
const versions = [];
for (const [name, path] of FILES) {
  const target = `vega/${path.split("/").at(-1)}`;
  copyFileSync(`node_modules/${name}/${path}`, target);
  const digest = createHash("sha256").update(readFileSync(target)).digest("hex");
  versions.push(`${name} ${manifest(name).version} ${target} ${digest}`);
}
writeFileSync("VERSIONS", versions.join("\n") + "\n");

const parts = [];
for (const name of readdirSync("node_modules").sort()) {
  if (name.startsWith(".") || NOT_BUNDLED.has(name)) continue;
  const folder = `node_modules/${name}`;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const { version, license } = manifest(name);
  const text = file && existsSync(`${folder}/${file}`)
    ? readFileSync(`${folder}/${file}`, "utf8").replaceAll("\r\n", "\n").trim()
    : "(the package carries no licence file)";
  parts.push(`${name} ${version} (${license})\n${"-".repeat(72)}\n${text}\n`);
}
writeFileSync("vega/LICENCES.txt", parts.join("\n\n"));
