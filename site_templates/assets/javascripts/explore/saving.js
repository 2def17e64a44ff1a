// The selection as a file.

import { byId } from "../dom.js";
import { csv, download, each } from "../files.js";
import { describe } from "./rows.js";

/** @typedef {import("./data.js").Store} Store */
/** @typedef {import("./data.js").Table} Table */

/**
 * Loads what the selection says, several runs at once, and hands it over; it can be called off.
 * @param {Store} store @param {Table} table @param {Uint32Array} rows
 * @param {HTMLButtonElement} button that asked for it; its value is the form
 * @param {import("./rows.js").Say} say
 */
export async function saveSelection(store, table, rows, button, say) {
  const [saving, forms, cancel, says] = ["saving", "forms", "cancel", "saved"].map((id) => byId(`explore-${id}`));
  const own = new AbortController();
  cancel.onclick = () => own.abort();
  const json = button.value === "json";
  const { edition } = store.index;
  /** @type {Map<number, number[]>} */
  const runs = new Map();
  for (const row of rows) {
    const run = table.columns.run[row];
    if (!runs.get(run)?.push(row)) runs.set(run, [row]);
  }
  /** @type {string[]} */
  let heads = [];
  /** Text of the failures of each run. @type {Map<number, string>} */
  const texts = new Map();
  saving.hidden = !(forms.hidden = true);
  cancel.focus();
  says.textContent = say("preparing");
  try {
    await each(runs, async ([run, places]) => {
      const failures = (await Promise.all(places.map((row) => describe(store, table, row)))).map(({ ids, detail, ...failure }) => ({
        ...ids,
        ...failure,
        rule: detail.rule ?? "",
        evidence: (detail.spans ?? []).map((span) => span.join("-")).join(" "),
      }));
      heads = Object.keys(failures[0]);
      texts.set(run, json ? failures.map((one) => JSON.stringify(one)).join(",\n") : csv(failures.map((one) => Object.values(one))));
    }, byId("explore-progress"), own.signal);
    const parts = Array.from(runs.keys(), (run) => texts.get(run) ?? "");
    const about = JSON.stringify({ edition, address: location.href }).slice(0, -1);
    const whole = json ? [`${about},"failures":[\n`, parts.join(",\n"), "\n]}\n"] : [csv([heads]), ...parts];
    download(`erroratlas-${edition}-selection.${button.value}`, json ? "application/json" : "text/csv", ...whole);
    says.textContent = say("saved");
  } catch (error) {
    says.textContent = own.signal.aborted ? say("cancelled") : say("lost", error);
  }
  const focused = document.activeElement === cancel;
  saving.hidden = !(forms.hidden = false);
  if (focused) button.focus();
}
