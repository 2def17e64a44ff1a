// Explore: every failure, filtered and counted here, from files that the site serves. The form and
// the labels are the page's own.

import { copyOf, element, link } from "../dom.js";
import { each } from "../files.js";
import { addressOf, count, estimate, open, readAddress, wilson } from "../view.js";
import { chosen, countBy, Store } from "./data.js";
import { describe, rowOf } from "./rows.js";
import { saveSelection } from "./saving.js";

/** @typedef {import("./data.js").Table} Table */
/** @typedef {import("../view.js").State} State */

const A_PAGE = 20;
const MOST_GROUPS = 40;
/** Stands in an address for all populations at once, which is never what is shown unasked. */
const EVERY = "every";

const { root, part, says, load, index, say, show } = await open("explore");
const store = new Store(load, index);
const form = /** @type {HTMLFormElement} */ (part("filters"));
const fields = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...form.elements]);
const keys = [...fields.map((field) => field.name), "item", "page"];
/** @type {State} */
let state = readAddress(keys);
/** Address of the view before the reader began to type. @type {string | undefined} */
let untyped;
/** @type {Table | undefined} */
let failures;
/** What the list shows a page of. @type {Uint32Array} */
let rows = new Uint32Array();

/** @param {State} wanted @param {"push" | "typing"} [note] how the address takes it down; by itself it is there already */
function go(wanted, note) {
  state = { ...wanted };
  if (!Object.hasOwn(index.values, state.group)) state.group = "category";
  if (Number.isNaN(Number(state.confidence))) state.confidence = "";
  if (store.code("population", state.population) < 1) state.population = EVERY;
  if (note === "typing") {
    // One step back is the view before, not the word without its last letter.
    untyped ??= location.href;
    history.replaceState(null, "", addressOf(keys, state));
  } else {
    if (untyped && note) history.replaceState(null, "", untyped);
    untyped = undefined;
    if (note) history.pushState(null, "", addressOf(keys, state));
  }
  showForm();
  return show(fill);
}

function showForm() {
  root.inert = false;
  for (const field of fields) {
    const wanted = state[field.name] ?? "";
    // What is being typed has its blanks yet.
    if (field.value.trim() !== wanted) field.value = wanted;
  }
  for (const option of form.subcategory.options) {
    option.hidden = option.disabled = Boolean(state.category) && option.value.includes("/") && !option.value.startsWith(`${state.category}/`);
  }
  for (const note of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-population]"))) {
    note.hidden = note.dataset.population !== state.population;
  }
}

/** @param {AbortSignal} signal */
async function fill(signal) {
  const filters = Object.keys(index.values).filter((key) => state[key] && state[key] !== EVERY);
  if (!failures) {
    const cube = await store.table("cube");
    signal.throwIfAborted();
    const early = !state.words && !state.confidence && !state.item && [...filters, state.group].every((key) => cube.columns[key]);
    if (early) showCounts(cube, chosen(cube, tests(cube, filters)));
  }
  const table = (failures ??= await store.table("failures"));
  signal.throwIfAborted();
  const passing = tests(table, filters);
  let found = chosen(table, passing);
  if (state.words) {
    const { text } = table.columns;
    const texts = await store.search(state.words, Array.from(found, (row) => text[row]), part("searching"), signal);
    found = found.filter((row) => texts[text[row]]);
  }
  if (state.item) found = await alone(table, found, signal);
  rows = found;
  showCounts(table, rows);
  await showList(table, signal);
}

/** @param {Table} table @param {string[]} filters @returns {((row: number) => boolean)[]} */
function tests({ columns }, filters) {
  const made = filters.map((key) => {
    const code = store.code(key, state[key]);
    return (/** @type {number} */ row) => columns[key][row] === code;
  });
  const least = Number(state.confidence);
  const sure = columns.confidence; // not among the sums
  if (sure && least > 0) made.push((row) => sure[row] >= least && sure[row] <= 100);
  return made;
}

/** The failure that the address names. @param {Table} table @param {Uint32Array} found @param {AbortSignal} signal */
async function alone({ columns }, found, signal) {
  let place = new Uint32Array();
  await each(new Set(Array.from(found, (row) => columns.run[row])), async (run) => {
    const at = (await store.shard(run)).items.indexOf(state.item);
    if (at >= 0) place = Uint32Array.of(index.runs[run].start + at);
  }, part("searching"), signal);
  return place;
}

/** @param {Table} table @param {Uint32Array} counted */
function showCounts(table, counted) {
  const { group } = state;
  const values = index.values[group];
  const counts = countBy(table, counted, group, values.length);
  const n = counts.reduce((all, one) => all + one);
  const order = [...counts.keys()].filter((code) => counts[code]).sort((one, other) => counts[other] - counts[one]);
  const shown = order.slice(0, MOST_GROUPS).map((code) => {
    const [id, name, href] = code ? values[code - 1] : ["none", say(group === "category" ? "uncategorised" : "none"), ""];
    const share = estimate([counts[code] / n, ...wilson(counts[code], n, index.z)]);
    const row = copyOf("explore-group", { name: link(name, href), only: ` ${name}`, count: count(counts[code]), share });
    row.querySelector("meter")?.setAttribute("value", String(counts[code] / counts[order[0]]));
    const only = /** @type {HTMLButtonElement} */ (row.querySelector("button"));
    only.disabled = state[group] === id;
    only.dataset.sets = group;
    only.value = id;
    return row;
  });
  const label = form.group.selectedOptions[0].text;
  const left = order.length - shown.length;
  says.textContent = say(n === 1 ? "failure" : "failures", count(n));
  part("caption").textContent = say("caption", label, count(n)) + (left ? say("smaller", left) : "");
  part("groups").replaceChildren(...shown);
  part("counted").hidden = false;
}

/** @param {Table} table @param {AbortSignal} signal */
async function showList(table, signal) {
  const pages = Math.ceil(rows.length / A_PAGE) || 1;
  const page = Math.min(pages, Math.max(1, parseInt(state.page) || 1));
  const start = (page - 1) * A_PAGE;
  const shown = await Promise.all(Array.from(rows.subarray(start, start + A_PAGE), (row) => describe(store, table, row)));
  signal.throwIfAborted();
  const list = element("ol", { class: "ea-explore__list", start: String(start + 1) });
  for (const failure of shown) {
    const { population, benchmark, model } = failure.ids;
    const address = addressOf(keys, { population, benchmark, model, item: failure.item });
    list.append(rowOf(store, say, failure, address, Boolean(state.item)));
  }
  part("list").replaceChildren(shown.length ? list : element("p", {}, say("nothing")));
  part("listed").hidden = false;
  part("save").hidden = !shown.length;
  part("run").hidden = !state.item;
  part("pages").hidden = pages === 1;
  part("page").textContent = say("page", count(page), count(pages));
  for (const [id, to] of /** @type {[string, number][]} */ ([["before", page - 1], ["after", page + 1]])) {
    const turn = /** @type {HTMLButtonElement} */ (part(id));
    turn.disabled = to < 1 || to > pages;
    turn.value = String(to);
  }
}

/** @param {"push" | "typing"} note */
function changed(note) {
  const wanted = Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]));
  if (!wanted.subcategory.startsWith(`${wanted.category}/`) && wanted.category !== state.category) wanted.subcategory = "";
  go({ ...wanted, item: "", page: "" }, note);
}

let waiting = 0;
form.addEventListener("input", ({ target }) => {
  clearTimeout(waiting);
  if (target instanceof HTMLInputElement) waiting = window.setTimeout(changed, 250, "typing");
});
form.addEventListener("change", () => {
  clearTimeout(waiting);
  changed("push");
});
root.addEventListener("click", async ({ target }) => {
  const button = target instanceof Element && target.closest("button");
  const sets = button && button.dataset.sets;
  if (!sets) return;
  if (sets === "file") return failures && saveSelection(store, failures, rows, button, say);
  // What it leads to begins at a heading; the button itself may be gone by then, and the focus with it.
  const heading = button.closest("section")?.querySelector("h2");
  await go({ ...state, item: "", page: "", [sets]: button.value }, "push");
  heading?.focus();
  heading?.scrollIntoView();
});
addEventListener("popstate", () => go(readAddress(keys)));

document.querySelector(".ea-explore__all")?.removeAttribute("open");
if (!state.population) {
  // Shares of one population, and the best known one that there is, rather than of all mixed.
  const cube = await store.table("cube");
  const filters = Object.keys(index.values).filter((key) => state[key] && cube.columns[key]);
  const counts = countBy(cube, chosen(cube, tests(cube, filters)), "population", index.values.population.length);
  state.population = store.id("population", counts.findIndex((n, code) => code && n)) || EVERY;
  history.replaceState(null, "", addressOf(keys, state)); // so that Back comes to the same view
}
await go(state);
