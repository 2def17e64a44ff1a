// Compare: any models or benchmarks held against each other, from files that the site serves. The
// form is the page's own, and the words are those of the index.

import { copyOf, element, link } from "../dom.js";
import { csv, download } from "../files.js";
import { addressOf, count, estimate, interval, open, points, readAddress } from "../view.js";
import { compare } from "./numbers.js";

/** @typedef {import("./numbers.js").Result} Result */
/** @typedef {import("../view.js").State} State */
/** @typedef {"models" | "benchmarks"} Kind */
/**
 * @typedef {import("./numbers.js").Known & {
 *   edition: string, level: number, first: Record<Kind, State>,
 *   models: Record<string, [name: string, href: string]>,
 *   blocks: [name: string, light: string, dark: string, labels: number[]][],
 *   runs: Entry[],
 * }} Index
 */
/** @typedef {[population: string, benchmark: string, model: string, start: number, wordings: number, drawn: number, whole: number, judges: string]} Entry */

const MOST = 6;
const KINDS = /** @type {const} */ (["models", "benchmarks"]);
const KEYS = ["kind", ...KINDS, "mode", "measure", "population"];

const view = await open("compare");
const { part, says, load, say } = view;
/** @type {Index} */
const index = view.index;
const form = part("form");
const place = part("result");
/** @type {State} */
let state;
/** What the table shows, as a file. */
let saved = "";

/** @param {string} list */
const split = (list) => [...new Set(list.split(",").filter(Boolean))];

/** @param {Kind} kind @param {string[]} ids */
const listed = (kind, ids) => ids.map((id) => index[kind][id]?.[0] ?? id).join("; ");

/** @param {Entry} entry */
async function runOf([population, benchmark, model, start, wordings, drawn, whole]) {
  /** @type {ArrayBuffer} */
  const data = await load(`${model}.bin`, "arrayBuffer");
  const end = start + wordings;
  return { population, benchmark, model, whole, codes: new Uint8Array(data, start, wordings), weights: new Float64Array(data.slice(end, end + 8 * drawn)) };
}

/** Marks what is chosen, and says beside the rest why it cannot be. @param {string} kind @param {State} refused */
function showForm(kind, refused) {
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name]"))) {
    const { name, value, type } = input;
    const list = type === "checkbox";
    input.checked = split(state[name]).includes(value);
    let why = refused[value];
    if (list && !index.runs.some((run) => run[0] === state.population && run.includes(value))) why = "elsewhere";
    else if (name === kind && split(state[kind]).length >= MOST) why = "full";
    input.disabled = Boolean(why) && !input.checked;
    const words = input.parentElement?.querySelector("small");
    if (words) words.textContent = input.disabled ? say(why) : "";
  }
  for (const one of KINDS) {
    part(`${one}-chosen`).textContent = listed(one, split(state[one])) || say(one === kind ? "none" : "any");
  }
}

/** An interval with its estimate; the numbers stand beside it. @param {number[]} span @param {number} from @param {number} to */
function bar([share, low, high], from, to) {
  const svg = copyOf("compare-bar");
  const x = (/** @type {number} */ value) => 4 + ((value - from) / (to - from)) * 82;
  const [zero, line, dot] = svg.children;
  zero.setAttribute("d", `M${x(0)} 0v12`);
  line.setAttribute("d", `M${x(low)} 6H${x(high)}`);
  dot.setAttribute("cx", String(x(share)));
  return svg;
}

/** @param {[name: string, href: string][]} named @param {Result} result @param {string} caption */
function showTable(named, { columns, differences, measure }, caption) {
  const shown = [...index.labels.keys()].filter((label) => columns.some(({ spans }) => spans[label][0]));
  const categories = shown.filter((label) => label < index.categories);
  const heads = differences.length ? say("heads").split("|") : [];
  const number = (/** @type {(string | Node)[]} */ ...parts) => element("td", { class: "ea-number" }, ...parts);
  const head = (/** @type {(string | Node)[]} */ ...parts) => element("th", { scope: "col", class: "ea-number" }, ...parts);
  const over = columns.map(({ n }, at) => head(link(...named[at]), element("small", {}, say(measure, ...n.map(count)))));
  const scales = [];
  const bodies = [];
  for (const [name, light, dark, labels] of index.blocks) {
    // What has no category is often most of all, and would press the bars of the categories flat.
    const peers = name ? categories : shown.slice(categories.length);
    const most = Math.max(0.01, ...peers.flatMap((label) => columns.map(({ spans, n }) => (n[0] ? spans[label][2] : 0))));
    const reach = Math.max(0.01, ...peers.flatMap((label) => differences[label]?.slice(1, 3).map(Math.abs) ?? []));
    scales[name ? 0 : 1] = points(most);
    const rows = shown.filter((label) => labels.includes(label)).map((label) => {
      const [, title, href] = index.labels[label];
      const row = element("tr", {}, element("th", { scope: "row" }, link(title, href)));
      for (const { spans, n } of columns) {
        const known = measure === "rate" || n[name ? 0 : 1];
        row.append(known ? number(estimate(spans[label]), bar(spans[label], 0, most)) : number("–"));
      }
      const [difference, low, high, p, q] = differences[label] ?? [];
      if (heads.length) {
        const more = difference > 0;
        row.append(number((more ? "+" : "") + points(difference) + interval(low, high), bar([difference, low, high], -reach, reach)));
        for (const chance of [p, q]) row.append(number(chance < 0.01 ? "< 0.01" : chance >= 0 ? chance.toFixed(2) : ""));
        row.append(number(q <= 1 - index.level ? say(more ? "more" : "less") : ""));
      }
      return row;
    });
    const group = element("th", { scope: "rowgroup", colspan: String(1 + named.length + heads.length) }, name || say(`without ${measure}`));
    const body = element("tbody", {}, element("tr", {}, group), ...rows);
    body.style.setProperty("--light", light);
    body.style.setProperty("--dark", dark);
    if (rows.length) bodies.push(body);
  }
  const about = `${caption} ${say("bars", ...scales, index.categories - categories.length)}`;
  const top = element("thead", {}, element("tr", {}, element("td"), ...over, ...heads.map((name) => head(name))));
  place.ariaLabel = caption;
  place.replaceChildren(element("table", {}, element("caption", {}, about), top, ...bodies));
}

/** The same numbers, none rounded and no row left out. @param {string[]} ids @param {Result} result */
function fileOf(ids, { columns, differences, measure }) {
  const heads = ["id", "name", ...ids.flatMap((id) => [measure, "low", "high"].map((end) => `${id} ${end}`)), ...(differences.length ? ["difference", "low", "high", "p", "q"] : [])];
  const rows = index.labels.map(([id, name], at) => [id, name, ...columns.flatMap(({ spans }) => spans[at]), ...(differences[at] ?? [])]);
  return csv([heads, ...rows]);
}

/** @param {State} asked @param {boolean | undefined} note whether the address takes it down @param {AbortSignal} signal */
async function fill(asked, note, signal) {
  state = asked; // what is chosen while files are on their way is chosen on top of it
  const models = asked.kind !== "benchmarks";
  const [kind, other, at, beside] = /** @type {[Kind, Kind, 1 | 2, 1 | 2]} */ (models ? [...KINDS, 2, 1] : [KINDS[1], KINDS[0], 1, 2]);
  const ids = split(asked[kind]);
  const within = split(asked[other]);
  // The first population that most of them are in, if none is named.
  const names = [...new Set(index.runs.map((run) => run[0]))];
  const of = (/** @type {string} */ name) => index.runs.filter((run) => run[0] === name && ids.includes(run[at]));
  const fits = (/** @type {string} */ name) => new Set(of(name).map((run) => run[at])).size;
  const population = names.includes(asked.population) ? asked.population : names.reduce((best, name) => (fits(name) > fits(best) ? name : best), names[0] ?? "");
  const fitting = of(population).filter((run) => !within.length || within.includes(run[beside]));
  const columns = ids.filter((id) => fitting.some((run) => run[at] === id)).slice(0, MOST);
  const entries = columns.length > 1 ? fitting.filter((run) => columns.includes(run[at])) : [];
  const runs = await Promise.all(entries.map(runOf));
  signal.throwIfAborted();
  const result = runs.length ? compare(index, runs, models ? "model" : "benchmark", columns, asked.mode, asked.measure) : null;
  /** @type {Pick<Result, "mode" | "measure" | "refused">} */
  const { mode, measure, refused } = result ?? /** @type {any} */ ({ ...asked, refused: {} });
  state = { ...asked, kind, [kind]: columns.join(), population, mode, measure };
  if (note) history.pushState(null, "", addressOf(KEYS, state));
  showForm(kind, refused);
  const out = listed(kind, ids.filter((id) => !columns.includes(id)));
  const said = out ? [say("out", out)] : [];
  if (result) {
    const { on, mix, items } = result;
    for (const [was, is] of [[asked.mode, mode], [asked.measure, measure]]) if (was && was !== is) said.push(say("instead", say(refused[was])));
    const rest = models ? on.map((one, place) => `${index.benchmarks[one][0]} (${Math.round(mix[place] * 100)}\u00a0%)`).join("; ") : on.length;
    const key = `${kind} ${mode} ${measure}`;
    said.push(say(key, rest, count(items)), on.length > 1 ? say(`${kind} ${mode} several`) : "", columns.length === 2 ? say(`${key} two`) : "");
    const named = columns.map((id) => /** @type {[string, string]} */ (index[kind][id].slice(0, 2)));
    showTable(named, result, say(`caption ${measure}`, listed(kind, columns)));
    saved = fileOf(columns, result);
  } else {
    said.push(say("none"));
    place.replaceChildren();
    part(kind).setAttribute("open", "");
  }
  place.hidden = part("save").hidden = !result;
  says.textContent = said.join(" ");
  part("note").textContent = say(population) + (result ? say("judges", [...new Set(entries.map((run) => run[7]))].join(", ")) : "");
}

/** @param {State} asked @param {boolean} [note] */
const go = (asked, note) => view.show((signal) => fill(asked, note, signal));
const asAddressed = () => go(location.search ? readAddress(KEYS) : index.first.models);

form.addEventListener("change", ({ target }) => {
  const { name, value, type, checked } = /** @type {HTMLInputElement} */ (target);
  if (name === "kind") go(index.first[/** @type {Kind} */ (value)], true);
  else if (name) {
    const others = split(state[name]).filter((id) => id !== value);
    go({ ...state, [name]: type === "checkbox" ? [...others, ...(checked ? [value] : [])].join() : value }, true);
  }
});
form.addEventListener("input", ({ target }) => {
  const { type, value, nextElementSibling } = /** @type {HTMLInputElement} */ (target);
  if (type === "search") for (const label of nextElementSibling?.children ?? []) label.toggleAttribute("hidden", !label.textContent?.toLowerCase().includes(value.toLowerCase()));
});
part("save").addEventListener("click", () => download(`erroratlas-${index.edition}-compare.csv`, "text/csv", saved));
addEventListener("popstate", asAddressed);

await asAddressed();
