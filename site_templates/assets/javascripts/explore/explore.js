// Explore: every failure, filtered and counted here, from files that the site serves.

import { chosen, countBy, Store, total, wilson } from "./data.js";
import { button, byId, csvCell, download, element, link } from "./dom.js";
import { addressOf, build, CODED, EARLY, EVERY, read, readAddress, show } from "./filters.js";
import { describe, rowOf } from "./rows.js";

/** @typedef {import("./data.js").Table} Table */
/** @typedef {import("./filters.js").State} State */

const A_PAGE = 20;
const MOST_GROUPS = 40;
const ALTOGETHER = new Intl.NumberFormat("en");
const NOTES = {
  annotated: "A random sample of each model's failures, read by a language-model annotator, not a human. Shares below are of the failures selected, each counted once; a model's page weighs them by the design of its sample.",
  all: "Mostly judged by rules alone, which settle only kinds of error that leave a plain trace. Shares say nothing about kinds that rules cannot see.",
  planted: "Outputs of programs with planted faults, not of language models. They measure the judges.",
  [EVERY]: "Three populations at once: annotated samples, failures that mostly rules alone have seen, and programs with planted faults. Their shares must not be compared with each other.",
};

class Explorer {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.form = byId("explore-filters");
    /** @type {State} */
    this.state = {};
    /** @type {Table | null} */
    this.failures = null;
    this.turn = 0;
    build(this.form, store.index, () => this.changed());
    addEventListener("popstate", () => this.go(readAddress(), false));
  }

  changed() {
    const wanted = read(this.form);
    if (wanted.category !== this.state.category && !wanted.subcategory.startsWith(`${wanted.category}/`)) {
      wanted.subcategory = "";
    }
    this.go({ ...this.state, ...wanted, item: "", page: "" }, true);
  }

  /** @param {State} state @param {boolean} note whether the address takes it down */
  async go(state, note) {
    this.state = { ...state, group: state.group in CODED ? state.group : "category" };
    if (note) history.pushState(null, "", addressOf(this.state));
    show(this.form, this.store.index, this.state);
    const turn = ++this.turn;
    byId("explore").setAttribute("aria-busy", "true");
    try {
      await this.fill(turn);
    } catch (error) {
      if (turn === this.turn) byId("explore-says").textContent = `The data could not be loaded (${error}). Reload the page to try again.`;
      console.error(error);
    }
    if (turn === this.turn) byId("explore").removeAttribute("aria-busy");
  }

  /** @param {number} turn */
  async fill(turn) {
    byId("explore-note").textContent = NOTES[/** @type {keyof typeof NOTES} */ (this.state.population)] ?? NOTES[EVERY];
    const early = Object.keys(CODED).every((key) => EARLY.includes(key) || (!this.state[key] && this.state.group !== key));
    if (!this.failures && early && !this.state.words && !this.state.confidence && !this.state.item) {
      const cube = await this.store.table("cube");
      if (turn !== this.turn) return;
      this.counts(cube, chosen(cube, this.tests(cube, null) ?? []));
    }
    this.failures ??= await this.store.table("failures");
    const texts = await this.words(this.failures, turn);
    if (turn !== this.turn) return;
    const tests = this.tests(this.failures, texts);
    let rows = tests ? chosen(this.failures, tests) : new Uint32Array();
    if (this.state.item) rows = await this.single(rows);
    if (turn !== this.turn) return;
    this.counts(this.failures, rows);
    await this.list(this.failures, rows, turn);
  }

  /** @param {Table} table @param {Uint8Array | null} texts @returns {((row: number) => boolean)[] | null} */
  tests(table, texts) {
    /** @type {((row: number) => boolean)[]} */
    const tests = [];
    for (const key of Object.keys(CODED)) {
      const codes = table.columns[key];
      if (!this.state[key] || this.state[key] === EVERY || !codes) continue;
      const code = this.store.code(key, this.state[key]);
      tests.push((row) => codes[row] === code);
    }
    const least = Number(this.state.confidence);
    if (this.state.confidence && Number.isFinite(least)) {
      const codes = table.columns.confidence;
      tests.push((row) => codes[row] >= least && codes[row] <= 100);
    }
    if (texts) tests.push((row) => texts[table.columns.text[row]] === 1);
    return tests;
  }

  /** Which texts hold the words looked for. @param {Table} table @param {number} turn */
  async words(table, turn) {
    if (!this.state.words) return null;
    const rows = chosen(table, this.tests(table, null) ?? []);
    const { each } = this.store.index.texts;
    /** @type {Set<number>} */
    const parts = new Set();
    for (const row of rows) {
      const text = table.columns.text[row];
      if (text) parts.add(Math.floor((text - 1) / each));
    }
    return this.store.search(this.state.words, parts, (done, all) => {
      if (turn === this.turn && all > 3) byId("explore-says").textContent = `Searching: ${done} of ${all} parts`;
    });
  }

  /** The failure that the address names. @param {Uint32Array} rows */
  async single(rows) {
    const { store, failures } = this;
    if (!failures) return rows;
    for (const run of new Set(Array.from(rows, (row) => failures.columns.run[row]))) {
      const place = (await store.shard(run)).items.indexOf(this.state.item);
      if (place >= 0) return Uint32Array.of(store.starts[run] + place);
    }
    return new Uint32Array();
  }

  /** @param {Table} table @param {Uint32Array} rows */
  counts(table, rows) {
    const n = total(table, rows);
    byId("explore-says").textContent = `${ALTOGETHER.format(n)} ${n === 1 ? "failure" : "failures"} selected`;
    const { group } = this.state;
    const values = this.store.index.values[group];
    const counts = countBy(table, rows, group, values.length);
    const order = [...counts.keys()].filter((code) => counts[code]).sort((one, other) => counts[other] - counts[one] || one - other);
    const body = element("tbody");
    const most = Math.max(1, ...order.map((code) => counts[code]));
    for (const code of order.slice(0, MOST_GROUPS)) {
      const [id, name, href] = code ? values[code - 1] : ["none", group === "category" ? "No category: undetermined, or not the model's fault" : "none", ""];
      const [low, high] = wilson(counts[code], n, this.store.index.z);
      const only = button("only", async () => {
        await this.go({ ...this.state, [group]: id, item: "", page: "" }, true);
        land("explore-counts-title");
      }, { "aria-label": `only ${name}` });
      if (this.state[group] === id) only.disabled = true;
      const bar = element("meter", { min: "0", max: String(most), value: String(counts[code]), "aria-hidden": "true" });
      body.append(
        element("tr", {},
          element("th", { scope: "row" }, link(name, href)),
          element("td", { class: "ea-number" }, ALTOGETHER.format(counts[code])),
          element("td", { class: "ea-explore__bar" }, bar),
          element("td", { class: "ea-number" }, `${percent(counts[code] / n)} % (${percent(low)} to ${percent(high)})`),
          element("td", {}, only),
        ),
      );
    }
    const level = Math.round(this.store.index.level * 100);
    const left = order.length - MOST_GROUPS;
    const caption = `${CODED[/** @type {keyof typeof CODED} */ (group)]}, n = ${ALTOGETHER.format(n)} selected failures; ${level} % Wilson intervals${left > 0 ? `; ${left} smaller groups are not shown` : ""}`;
    const heads = ["Group", "Failures", "", "Share of selected", ""].map((head, at) =>
      head
        ? element("th", { scope: "col", ...(at ? { class: "ea-number" } : {}) }, head)
        : element("td", at === 2 ? { class: "ea-explore__bar" } : {}),
    );
    const whole = element("table", {}, element("caption", {}, caption), element("thead", {}, element("tr", {}, ...heads)), body);
    byId("explore-counts").replaceChildren(element("div", { class: "ea-scroll", role: "region", tabindex: "0", "aria-label": caption }, whole));
  }

  /** @param {Table} table @param {Uint32Array} rows @param {number} turn */
  async list(table, rows, turn) {
    const pages = Math.max(1, Math.ceil(rows.length / A_PAGE));
    const page = Math.min(pages, Math.max(1, Number(this.state.page) || 1));
    const shown = rows.subarray((page - 1) * A_PAGE, page * A_PAGE);
    const failures = await Promise.all(Array.from(shown, (row) => describe(this.store, table, row)));
    if (turn !== this.turn) return;
    const list = element("ol", { class: "ea-explore__list", start: String((page - 1) * A_PAGE + 1) });
    for (const failure of failures) {
      const alone = addressOf({ population: failure.population, benchmark: failure.benchmark, model: failure.model, item: failure.item });
      list.append(rowOf(this.store, failure, alone, Boolean(this.state.item), () => {}));
    }
    const turnTo = (/** @type {number} */ to, /** @type {State} */ change = {}) => async () => {
      await this.go({ ...this.state, ...change, page: to > 1 ? String(to) : "" }, true);
      land("explore-list-title");
    };
    const bar = element("p", { class: "ea-explore__pages" });
    if (pages > 1) {
      const [before, after] = [button("Previous", turnTo(page - 1)), button("Next", turnTo(page + 1))];
      before.disabled = page === 1;
      after.disabled = page === pages;
      bar.append(before, ` Page ${ALTOGETHER.format(page)} of ${ALTOGETHER.format(pages)} `, after);
    }
    const save = element("p", { class: "ea-explore__save" }, "Save the selection: ");
    save.append(button("CSV", () => this.save(table, rows, "csv")), " ", button("JSON", () => this.save(table, rows, "json")));
    if (this.state.item) save.append(" ", button("Show all failures of this run", turnTo(1, { item: "" })));
    byId("explore-list").replaceChildren(...(rows.length ? [save, list, bar] : [element("p", {}, "No failure fits. Take a filter away.")]));
  }

  /** @param {Table} table @param {Uint32Array} rows @param {"csv" | "json"} form */
  async save(table, rows, form) {
    const says = byId("explore-says");
    const before = says.textContent;
    const made = [];
    for (const row of rows) {
      if (made.length % 5000 === 0) says.textContent = `Preparing: ${ALTOGETHER.format(made.length)} of ${ALTOGETHER.format(rows.length)}`;
      const { detail, ...failure } = await describe(this.store, table, row);
      made.push({ ...failure, rule: detail.rule ?? "", evidence: (detail.spans ?? []).map((span) => span.join("-")).join(" ") });
    }
    says.textContent = before;
    const name = `erroratlas-${this.store.index.edition}-selection.${form}`;
    if (form === "json") {
      download(name, "application/json", JSON.stringify({ edition: this.store.index.edition, address: location.href, failures: made }, null, 1));
      return;
    }
    const heads = Object.keys(made[0] ?? {});
    const lines = made.map((one) => Object.values(one).map(csvCell).join(","));
    download(name, "text/csv", `${[heads.join(","), ...lines].join("\n")}\n`);
  }
}

/** Goes to a heading: the button that led there is gone, and the focus with it. @param {string} id */
function land(id) {
  const title = byId(id);
  title.tabIndex = -1;
  title.focus();
  title.scrollIntoView();
}

/** In per cent. @param {number} share */
function percent(share) {
  return (share * 100).toFixed(1);
}

async function start() {
  const root = document.getElementById("explore");
  if (!root?.dataset.index) return;
  const home = new URL(root.dataset.index, document.baseURI);
  const store = await Store.open(home);
  root.hidden = false;
  document.querySelector(".ea-explore__all")?.removeAttribute("open");
  const explorer = new Explorer(store);
  const state = readAddress();
  if (!state.population) {
    // Shares of one population, and the best known one that there is, rather than of all mixed.
    const cube = await store.table("cube");
    explorer.state = state;
    const rows = chosen(cube, explorer.tests(cube, null) ?? []);
    const counts = countBy(cube, rows, "population", store.index.values.population.length);
    state.population = store.id("population", [1, 2, 3].find((code) => counts[code]) ?? 0) || EVERY;
    history.replaceState(null, "", addressOf(state)); // so that Back comes to the same view
  }
  await explorer.go(state, false);
}

start().catch((error) => {
  console.error(error);
});
