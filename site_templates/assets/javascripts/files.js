// Files that a page loads, and files that it hands over.

import { element } from "./dom.js";

const AT_ONCE = 6;

/**
 * Loads the files below an address, each once; one that did not come can be asked for again.
 * What ends in `.z` is packed.
 * @param {URL} home
 * @returns {(path: string, kind?: "json" | "arrayBuffer") => Promise<any>}
 */
export function filesOf(home) {
  /** @type {Record<string, Promise<any>>} */
  const asked = {};
  return (path, kind = "json") => {
    const load = async () => {
      const response = await fetch(new URL(path, home));
      if (!response.ok) throw new Error(`${response.status} for ${path}`);
      const packed = path.endsWith(".z") && response.body;
      return (packed ? new Response(packed.pipeThrough(new DecompressionStream("deflate"))) : response)[kind]();
    };
    asked[path] ??= load().catch((error) => {
      delete asked[path];
      throw error;
    });
    return asked[path];
  };
}

/**
 * Does something for each of a list, several at once, until it is called off.
 * @template T
 * @param {Iterable<T>} list
 * @param {(one: T) => Promise<unknown>} act
 * @param {any} bar a progress element that shows how far it is
 * @param {AbortSignal} signal
 */
export async function each(list, act, bar, signal) {
  const all = [...list];
  const next = all.values(); // which all of them take from
  let done = 0;
  const work = async () => {
    for (const one of next) {
      await act(one);
      if (signal.aborted) return;
      bar.value = ++done / all.length;
    }
  };
  bar.value = 0;
  bar.hidden = false;
  const calledOff = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  await Promise.race([Promise.all(Array.from({ length: AT_ONCE }, work)), calledOff]).finally(() => {
    bar.hidden = true;
  });
}

/** @param {string} name @param {string} address */
export function save(name, address) {
  element("a", { href: address, download: name }).click();
}

/** @param {string} name @param {string} type @param {BlobPart[]} parts */
export function download(name, type, ...parts) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  save(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A cell that no spreadsheet takes for a formula; nothing is empty. @param {unknown} value */
function cell(value) {
  const text = Number.isNaN(value) ? "" : String(value ?? "");
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {unknown[][]} rows */
export function csv(rows) {
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}
