// What the scripts of the site weigh, each minified by itself as it is served by itself; fails over
// what they may weigh together.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { transform } from "esbuild";

const MOST = 30_000;
const FOLDER = new URL("../../site_templates/assets/javascripts", import.meta.url).pathname;

let sum = 0;
for (const entry of readdirSync(FOLDER, { recursive: true }).sort()) {
  if (!entry.endsWith(".js")) continue;
  const { code } = await transform(readFileSync(join(FOLDER, entry), "utf8"), {
    charset: "utf8",
    format: "esm",
    minify: true,
    target: "es2022",
  });
  const bytes = Buffer.byteLength(code);
  sum += bytes;
  console.log(`${String(bytes).padStart(6)}  ${entry}`);
}
console.log(`${String(sum).padStart(6)}  in all; ${MOST} at most`);
if (!sum || sum > MOST) {
  console.error(`The scripts weigh ${sum} bytes minified, and may weigh ${MOST}.`);
  process.exitCode = 1;
}
