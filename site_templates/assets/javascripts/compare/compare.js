// Compare: any models or benchmarks held against each other, from files that the site serves. The
// form is the page's own, and the words are those of the index.

import { button, byId, csvCell, download, element, link } from "../explore/dom.js";
import { compare } from "./numbers.js";

/** @typedef {import("./numbers.js").Result} Result */
/** @typedef {"models" | "benchmarks"} Kind */
/** @typedef {Record<string, string>} State lists have commas between */
/**
 * @typedef {import("./numbers.js").Known & {
 *   edition: string, level: number, first: Record<Kind, State>, texts: Record<string, string>,
 *   models: Record<string, [name: string, href: string]>,
 *   blocks: [name: string, light: string, dark: string, labels: number[]][],
 *   runs: Entry[],
 * }} Index
 */
/** @typedef {[population: string, benchmark: string, model: string, start: number, wordings: number, drawn: number, whole: number, judges: string]} Entry */

const MOST = 6;
const KINDS = /** @type {const} */ (["models", "benchmarks"]);
const COUNT = new Intl.NumberFormat("en");

const root = byId("compare");
const form = byId("compare-form");
const home = new URL(root.dataset.index ?? "", document.baseURI);
/** @type {Record<string, Promise<ArrayBuffer>>} */
const files = {};
/** @type {State} */
let state;
let turn = 0;

/** @param {string} path */
async function load(path) {
  const response = await fetch(new URL(path, home));
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return response;
}

/** @type {Index} */
const index = await (await load(home.href)).json();

/** @param {string} key @param {unknown[]} parts what stands in its gaps */
const say = (key, ...parts) => (index.texts[key] ?? "").replace(/\{(\d)\}/g, (_, place) => String(parts[place]));
/** @param {number} share */
const points = (share) => (share * 100).toFixed(1).replace("-", "\u2212");
/** @param {string} list */
const split = (list) => [...new Set(list.split(",").filter(Boolean))];
/** @param {number[]} span */
const interval = ([, low, high]) => ` (${points(low)} to ${points(high)})`;

/** @returns {State} */
function readAddress() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(["kind", ...KINDS, "mode", "measure", "population"].map((key) => [key, query.get(key) ?? ""]));
}

/** @param {Entry} entry */
async function runOf([population, benchmark, model, start, wordings, drawn, whole]) {
  files[model] ??= load(`${model}.bin`).then((response) => response.arrayBuffer());
  const data = await files[model].catch((error) => {
    delete files[model]; // so that it can be tried again
    throw error;
  });
  const end = start + wordings;
  return { population, benchmark, model, whole, codes: new Uint8Array(data, start, wordings), weights: new Float64Array(data.slice(end, end + 8 * drawn)) };
}

/** Marks what is chosen, and says beside the rest why it cannot be. @param {Kind} kind @param {State} refused */
function show(kind, refused) {
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name]"))) {
    const { name, value } = input;
    const list = name === "models" || name === "benchmarks";
    input.checked = list ? split(state[name]).includes(value) : state[name] === value;
    let why = refused[value];
    if (list && !index.runs.some((run) => run[0] === state.population && run.includes(value))) why = "elsewhere";
    else if (name === kind && split(state[kind]).length >= MOST) why = "full";
    input.disabled = Boolean(why) && !input.checked;
    const words = input.parentElement?.querySelector("small");
    if (words) words.textContent = input.disabled ? say(why) : "";
  }
  for (const one of KINDS) {
    const chosen = split(state[one]).map((id) => index[one][id]?.[0] ?? id);
    byId(`compare-${one}-chosen`).textContent = chosen.join(", ") || say(one === kind ? "none" : "any");
  }
}

/** An interval with its estimate; the numbers stand beside it. @param {number[]} span @param {number} from @param {number} to @param {string} light @param {string} dark */
function bar([share, low, high], from, to, light, dark) {
  const svg = /** @type {SVGElement} */ (/** @type {HTMLTemplateElement} */ (byId("compare-bar")).content.children[0].cloneNode(true));
  const x = (/** @type {number} */ value) => 4 + ((value - from) / (to - from)) * 82;
  svg.children[0].setAttribute("d", `M${x(0)} 0v12`);
  svg.children[1].setAttribute("d", `M${x(low)} 6H${x(high)}`);
  svg.children[2].setAttribute("cx", String(x(share)));
  svg.style.setProperty("--light", light);
  svg.style.setProperty("--dark", dark);
  return svg;
}

/** @param {[name: string, href: string][]} named @param {Result} result @param {string} caption */
function table(named, { columns, differences, measure }, caption) {
  const shown = [...index.labels.keys()].filter((label) => columns.some(({ spans }) => spans[label][0]));
  const heads = differences.length ? say("heads").split("|") : [];
  const head = element("tr", {}, element("td"));
  const title = (/** @type {(string | Node)[]} */ ...parts) => head.append(element("th", { scope: "col", class: "ea-number" }, ...parts));
  named.forEach(([name, href], at) => title(link(name, href), element("small", {}, say(measure, ...columns[at].n.map((n) => COUNT.format(n))))));
  for (const name of heads) title(name);
  const about = element("caption");
  const whole = element("table", {}, about, element("thead", {}, head));
  const scales = [];
  for (const [name, light, dark, labels] of index.blocks) {
    // What has no category is often most of all, and would press the bars of the categories flat.
    const peers = shown.filter((label) => label < index.categories === Boolean(name));
    const most = Math.max(0.01, ...peers.flatMap((label) => columns.map(({ spans, n }) => (n[0] ? spans[label][2] : 0))));
    const reach = Math.max(0.01, ...peers.flatMap((label) => differences[label]?.slice(1, 3).map(Math.abs) ?? []));
    scales[name ? 0 : 1] = points(most);
    const span = String(1 + named.length + heads.length);
    const body = element("tbody", {}, element("tr", {}, element("th", { scope: "rowgroup", colspan: span }, name || say(`without ${measure}`))));
    for (const label of labels.filter((label) => shown.includes(label))) {
      const row = element("tr", {}, element("th", { scope: "row" }, link(index.labels[label][1], index.labels[label][2])));
      const add = (/** @type {(string | Node)[]} */ ...parts) => row.append(element("td", { class: "ea-number" }, ...parts));
      for (const { spans, n } of columns) {
        const span = spans[label];
        if (measure === "share" && !n[name ? 0 : 1]) add("–");
        else add(`${points(span[0])}\u00a0%${interval(span)}`, bar(span, 0, most, light, dark));
      }
      if (heads.length) {
        const found = differences[label];
        const more = found[0] > 0;
        add((more ? "+" : "") + points(found[0]) + interval(found), bar(found, -reach, reach, light, dark));
        for (const at of [3, 4]) add(found[at] < 0.01 ? "< 0.01" : found[at] >= 0 ? found[at].toFixed(2) : "");
        add(found[4] <= 1 - index.level ? say(more ? "more" : "less") : "");
      }
      body.append(row);
    }
    if (body.rows.length > 1) whole.append(body);
  }
  const left = index.categories - shown.filter((label) => label < index.categories).length;
  about.textContent = `${caption} ${say("bars", ...scales, left)}`;
  return element("div", { class: "ea-scroll", role: "region", tabindex: "0", "aria-label": caption }, whole);
}

/** The same numbers, none rounded and no row left out. @param {string[]} ids @param {Result} result */
function csv(ids, { columns, differences, measure }) {
  const heads = ["id", "name", ...ids.flatMap((id) => [measure, "low", "high"].map((end) => `${id} ${end}`)), ...(differences.length ? ["difference", "low", "high", "p", "q"] : [])];
  const rows = index.labels.map(([id, name], at) => [id, name, ...columns.flatMap(({ spans }) => spans[at]), ...(differences[at] ?? [])]);
  return [heads, ...rows].map((row) => `${row.map((cell) => csvCell(Number.isNaN(cell) ? null : cell)).join(",")}\n`).join("");
}

/** @param {State} asked @param {boolean} [note] whether the address takes it down */
async function go(asked, note) {
  const own = ++turn;
  state = asked; // what is chosen while files are on their way is chosen on top of it
  const kind = asked.kind === "benchmarks" ? "benchmarks" : "models";
  const models = kind === "models";
  const [at, beside] = /** @type {(1 | 2)[]} */ (models ? [2, 1] : [1, 2]);
  const ids = split(asked[kind]);
  const within = split(asked[models ? "benchmarks" : "models"]);
  // The first population that most of them are in, if none is named.
  const names = [...new Set(index.runs.map((run) => run[0]))];
  const fits = (/** @type {string} */ name) => ids.filter((id) => index.runs.some((run) => run[0] === name && run[at] === id)).length;
  const population = names.includes(asked.population) ? asked.population : names.reduce((best, name) => (fits(name) > fits(best) ? name : best));
  const fitting = index.runs.filter((run) => run[0] === population && ids.includes(run[at]) && (!within.length || within.includes(run[beside])));
  const fit = ids.filter((id) => fitting.some((run) => run[at] === id));
  const columns = fit.slice(0, MOST);
  const entries = columns.length > 1 ? fitting.filter((run) => columns.includes(run[at])) : [];
  const runs = await Promise.all(entries.map(runOf));
  if (own !== turn) return;
  const result = runs.length ? compare(index, runs, models ? "model" : "benchmark", columns, asked.mode, asked.measure) : null;
  state = { ...asked, kind, [kind]: columns.join(), population, mode: result?.mode ?? asked.mode, measure: result?.measure ?? asked.measure };
  if (note) history.pushState(null, "", `?${new URLSearchParams(Object.entries(state).filter(([, value]) => value))}`.replaceAll("%2C", ","));
  show(kind, result?.refused ?? {});
  const out = ids.filter((id) => !columns.includes(id)).map((id) => (Object.hasOwn(index[kind], id) ? index[kind][id][0] : id));
  const says = out.length ? [say("out", out.join(", "))] : [];
  const shown = [];
  if (result) {
    const { mode, measure, refused } = result;
    for (const [was, is] of [[asked.mode, mode], [asked.measure, measure]]) if (was && was !== is) says.push(say("instead", say(refused[was])));
    const on = models ? result.on.map((one, place) => `${index.benchmarks[one][0]} (${Math.round(result.mix[place] * 100)}\u00a0%)`).join(", ") : result.on.length;
    const key = `${kind} ${mode} ${measure}`;
    says.push(say(key, on, COUNT.format(result.items)), result.on.length > 1 ? say(`${kind} ${mode} several`) : "", columns.length === 2 ? say(`${key} two`) : "");
    const named = columns.map((id) => /** @type {[string, string]} */ (index[kind][id].slice(0, 2)));
    const save = button(say("save"), () => download(`erroratlas-${index.edition}-compare.csv`, "text/csv", csv(columns, result)));
    shown.push(table(named, result, say(`caption ${measure}`, named.map(([name]) => name).join(", "))), element("p", {}, save));
  } else says.push(say("none"));
  byId("compare-says").textContent = says.join(" ");
  byId("compare-note").textContent = say(population) + (result ? say("judges", [...new Set(entries.map((run) => run[7]))].join(", ")) : "");
  byId("compare-result").replaceChildren(...shown);
  if (!result) byId(`compare-${kind}`).setAttribute("open", "");
}

/** @param {State} asked @param {boolean} [note] */
async function attempt(asked, note) {
  root.setAttribute("aria-busy", "true");
  await go(asked, note).catch((error) => {
    byId("compare-says").textContent = say("lost", error);
    console.error(error);
  });
  root.removeAttribute("aria-busy");
}

form.addEventListener("change", ({ target }) => {
  const { name, value, checked } = /** @type {HTMLInputElement} */ (target);
  if (name === "kind") attempt(index.first[/** @type {Kind} */ (value)], true);
  else if (name) {
    const others = split(state[name]).filter((id) => id !== value);
    const list = name === "models" || name === "benchmarks";
    attempt({ ...state, [name]: list ? [...others, ...(checked ? [value] : [])].join() : value }, true);
  }
});
form.addEventListener("input", ({ target }) => {
  const { type, value, nextElementSibling } = /** @type {HTMLInputElement} */ (target);
  if (type === "search") for (const label of nextElementSibling?.children ?? []) label.toggleAttribute("hidden", !label.textContent?.toLowerCase().includes(value.toLowerCase()));
});
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("popstate", () => attempt(location.search ? readAddress() : index.first.models));

root.hidden = false;
await attempt(location.search ? readAddress() : index.first.models);
