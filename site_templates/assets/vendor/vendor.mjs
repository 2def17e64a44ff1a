// Builds the chart runtime from the pinned packages and writes what a reader needs to check it:
// VERSIONS (packages in it with their versions, the file's sha256) and the licence of each.
//
//     make vendor        (from the project's folder: npm ci, then this)
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

import { build } from "esbuild";

const TARGET = "vega/vega-core.js";
/** What absent.mjs stands in for. */
const ABSENT = [
  "d3-dsv", "d3-ease", "d3-geo", "d3-scale-chromatic", "topojson-client", "vega-selections",
  "vega-statistics",
];

mkdirSync("vega", { recursive: true });
const { metafile } = await build({
  alias: Object.fromEntries(ABSENT.map((name) => [name, "./absent.mjs"])),
  banner: { js: "// Vega, cut down to what this site draws; licences: LICENCES.txt beside this file" },
  bundle: true,
  charset: "ascii",
  entryPoints: ["core.mjs"],
  format: "esm",
  legalComments: "none", // they are in LICENCES.txt, in full
  logLevel: "warning",
  metafile: true,
  minify: true,
  outfile: TARGET,
  target: "es2022",
});

const bundled = new Set();
for (const [path, input] of Object.entries(metafile.outputs[TARGET].inputs)) {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
  if (found && input.bytesInOutput > 0) bundled.add(found[1]);
}
const names = [...bundled].sort();
const manifest = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));

const digest = createHash("sha256").update(readFileSync(TARGET)).digest("hex");
const versions = names.map((name) => `${name} ${manifest(name).version}`);
writeFileSync("VERSIONS", [`${TARGET} sha256 ${digest}`, ...versions].join("\n") + "\n");

const licence = (name) => {
  const file = readdirSync(`node_modules/${name}`).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) return readFileSync(`node_modules/${name}/${file}`, "utf8").replaceAll("\r\n", "\n");
  // Some packages of Vega's repository carry no copy of the licence that covers all of it.
  if (name.startsWith("vega-")) return licence("vega");
  throw new Error(`${name} carries no licence`);
};
const parts = names.map((name) => {
  const { version, license } = manifest(name);
  const text = licence(name).trim();
  return `${name} ${version} (${license})\n${"-".repeat(72)}\n${text}\n`;
});
writeFileSync("vega/LICENCES.txt", parts.join("\n\n"));
