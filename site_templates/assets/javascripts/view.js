// A view: what is chosen, which its address holds, and the words and numbers that it shows.

import { byId } from "./dom.js";
import { filesOf } from "./files.js";

/**
 * Opens a page that a script fills: loads its index, and then the files beside that.
 * @param {string} id
 */
export async function open(id) {
  const root = byId(id);
  const part = (/** @type {string} */ name) => byId(`${id}-${name}`);
  const says = part("says");
  const home = new URL(root.dataset.index ?? "", document.baseURI);
  const load = filesOf(home);
  const index = await load(home.href).catch((error) => {
    root.inert = false;
    says.textContent = error;
    throw error;
  });
  /** Words of the page, which have gaps to fill: `{0}`. */
  const say = (/** @type {string} */ key, /** @type {unknown[]} */ ...parts) =>
    String(index.words[key] ?? "").replace(/\{(\d)\}/g, (_, place) => String(parts[place]));
  let under = new AbortController();
  /** Shows something; what is under way is called off. @param {(signal: AbortSignal) => Promise<void>} act */
  const show = async (act) => {
    under.abort();
    const { signal } = (under = new AbortController());
    root.ariaBusy = "true";
    try {
      await act(signal);
    } catch (error) {
      if (signal.aborted) return;
      says.textContent = say("lost", error);
      console.error(error);
    }
    root.inert = false;
    root.ariaBusy = null;
  };
  return { root, part, says, load, index, say, show };
}

/** What was chosen, by key; lists have commas between. @typedef {Record<string, string>} State */

/** @param {string[]} keys @returns {State} */
export function readAddress(keys) {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(keys.map((key) => [key, query.get(key) ?? ""]));
}

/** @param {string[]} keys in their order @param {State} state */
export function addressOf(keys, state) {
  const query = new URLSearchParams(keys.filter((key) => state[key]).map((key) => [key, state[key]]));
  return `${location.pathname}?${query}`.replaceAll("%2C", ",");
}

/** A number as it is written. */
export const { format: count } = new Intl.NumberFormat("en");

/** Without a unit. @param {number} share */
export const points = (share) => (share * 100).toFixed(1).replace(/^-(?!0\.0)/, "\u2212").replace("-", "");
/** @param {number} low @param {number} high */
export const interval = (low, high) => ` (${points(low)}\u00a0to\u00a0${points(high)})`;
/** @param {number[]} span share, low end, high end */
export const estimate = ([share, low, high]) => `${points(share)}\u00a0%${interval(low, high)}`;

/**
 * Wilson's interval of a share (Wilson, 1927).
 * @param {number} hits @param {number} n @param {number} z standard normal quantile
 * @returns {[number, number]}
 */
export function wilson(hits, n, z) {
  const share = hits / n;
  const square = z ** 2 / n;
  const middle = (share + square / 2) / (1 + square);
  const half = (z / (1 + square)) * Math.sqrt((share * (1 - share) + square / 4) / n);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
