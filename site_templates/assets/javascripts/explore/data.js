// What Explore loads, and how it counts. A table is a set of columns of codes; a code is a place in
// the list of values of its column, counted from 1, and 0 is "none".

import { each } from "../files.js";

/** @typedef {[id: string, name: string, href: string]} Value */
/** @typedef {{name: string, width: number, offset: number}} Column */
/** @typedef {{rows: number, columns: Column[]}} Layout */
/** @typedef {{benchmark: number, model: number, start: number, rows: number}} Run start: its first failure */
/**
 * @typedef {object} Index
 * @property {string} edition
 * @property {number} z standard normal quantile of the level of intervals
 * @property {Record<string, string>} words of the page, which have gaps to fill
 * @property {Record<string, Value[]>} values of each column
 * @property {Run[]} runs in the order of the failures
 * @property {Layout} cube
 * @property {Layout} failures
 * @property {{count: number, each: number}} texts
 */
/** @typedef {Uint8Array | Uint16Array | Uint32Array} Codes */
/** @typedef {{rows: number, columns: Record<string, Codes>}} Table */
/** @typedef {{items: string[], shared: Detail, verdicts: Record<string, Detail>}} Shard */
/** @typedef {[label: string, text: string, spans: [number, number][]]} Part */
/** @typedef {[role: string, speaker: string, note: string, skipped: string, place: string, said: Part[]]} Turn */
/**
 * @typedef {object} Detail
 * @property {string} [rule]
 * @property {string} [subtype]
 * @property {string[]} [further]
 * @property {[number, number][]} [spans]
 * @property {[string, boolean, number | null, string][]} [criteria]
 * @property {string} [version]
 * @property {string} [prompt]
 * @property {string} [taxonomy]
 * @property {string} [asked]
 * @property {string} [choices]
 * @property {string[]} [right]
 * @property {string} [output]
 * @property {string} [missing] how much of the output is not there
 * @property {Turn[]} [turns]
 * @property {string} [places] turns that hold the evidence
 */

const KINDS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

/**
 * Reads the columns of a table and adds those that follow from the run.
 * @param {Layout} layout
 * @param {ArrayBuffer} data
 * @param {Run[]} runs
 * @returns {Table}
 */
function unpack({ rows, columns: stored }, data, runs) {
  /** @type {Record<string, Codes>} */
  const columns = {};
  for (const { name, width, offset } of stored) {
    columns[name] = new KINDS[/** @type {1 | 2 | 4} */ (width)](data, offset, rows);
  }
  if (!columns.run) {
    // The failures lie run after run, so theirs is not written down.
    columns.run = new Uint16Array(rows);
    runs.forEach(({ start }, place) => columns.run.fill(place, start));
  }
  for (const name of /** @type {const} */ (["benchmark", "model"])) {
    columns[name] = new Uint16Array(rows).map((_, row) => runs[columns.run[row]][name]);
  }
  return { rows, columns };
}

/** The files of Explore. */
export class Store {
  /** @param {ReturnType<typeof import("../files.js").filesOf>} load @param {Index} index */
  constructor(load, index) {
    this.load = load;
    this.index = index;
  }

  /** @param {"cube" | "failures"} name @returns {Promise<Table>} */
  async table(name) {
    const data = await this.load(`${name}.bin`, "arrayBuffer");
    return unpack(this.index[name], data, this.index.runs);
  }

  /** In which file a text is, and where in it. @param {number} code */
  place(code) {
    const { each } = this.index.texts;
    return [Math.floor((code - 1) / each), (code - 1) % each];
  }

  /** @param {number} part @returns {Promise<[title: string, summary: string][]>} */
  texts(part) {
    return this.load(`texts/${part}.z`);
  }

  /** @param {number} code @returns {Promise<[title: string, summary: string]>} */
  async text(code) {
    const [part, place] = this.place(code);
    return code ? (await this.texts(part))[place] : ["", ""];
  }

  /** @param {number} run @returns {Promise<Shard>} */
  shard(run) {
    const { benchmark, model } = this.index.runs[run];
    return this.load(`runs/${this.id("benchmark", benchmark)}/${this.id("model", model)}.json`);
  }

  /** @param {string} column @param {number} code @returns {string} empty for none */
  id(column, code) {
    return code > 0 ? this.index.values[column][code - 1][0] : "";
  }

  /** @param {string} column @param {string} id @returns {number} -1 where there is no such value */
  code(column, id) {
    return id === "none" ? 0 : this.index.values[column].findIndex((value) => value[0] === id) + 1 || -1;
  }

  /**
   * Which texts hold all of these words.
   * @param {string} words
   * @param {Iterable<number>} codes those that matter
   * @param {HTMLElement} bar @param {AbortSignal} signal
   * @returns {Promise<Uint8Array>} 1 for each code that does
   */
  async search(words, codes, bar, signal) {
    const { count, each: size } = this.index.texts;
    const found = new Uint8Array(count + 1);
    const needles = words.toLowerCase().split(/\s+/);
    const parts = new Set(Array.from(codes, (code) => this.place(code)[0]));
    parts.delete(-1); // of failures without a text
    await each(parts, async (part) => {
      (await this.texts(part)).forEach((text, place) => {
        const whole = text.join(" ").toLowerCase();
        found[part * size + place + 1] = +needles.every((needle) => whole.includes(needle));
      });
    }, bar, signal);
    return found;
  }
}

/**
 * Rows that pass every test.
 * @param {Table} table
 * @param {((row: number) => boolean)[]} tests
 * @returns {Uint32Array}
 */
export function chosen({ rows }, tests) {
  const found = new Uint32Array(rows);
  let n = 0;
  for (let row = 0; row < rows; row += 1) if (tests.every((test) => test(row))) found[n++] = row;
  return found.subarray(0, n);
}

/**
 * How many failures there are by the codes of a column.
 * @param {Table} table @param {Uint32Array} rows @param {string} column @param {number} most largest code
 * @returns {number[]}
 */
export function countBy({ columns }, rows, column, most) {
  const counts = Array(most + 1).fill(0);
  for (const row of rows) counts[columns[column][row]] += columns.count?.[row] ?? 1;
  return counts;
}
