// What Explore loads, and how it counts. A table is a set of columns of codes; a code is a place in
// the list of values of its column, counted from 1, and 0 is "none".

/** @typedef {[id: string, name: string, href: string]} Value */
/** @typedef {{name: string, width: number, offset: number}} Column */
/** @typedef {{rows: number, columns: Column[]}} Layout */
/** @typedef {{benchmark: number, model: number, rows: number}} Run */
/**
 * @typedef {object} Index
 * @property {string} edition
 * @property {number} level confidence level of intervals
 * @property {number} z its standard normal quantile
 * @property {Record<string, Value[]>} values
 * @property {Run[]} runs in the order of the failures
 * @property {Layout} cube
 * @property {Layout} failures
 * @property {{count: number, each: number}} texts
 */
/** @typedef {Uint8Array | Uint16Array | Uint32Array} Codes */
/** @typedef {{rows: number, columns: Record<string, Codes>}} Table */
/** @typedef {{items: string[], verdicts: Record<string, Detail>}} Shard */
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
 * @property {string[]} [choices]
 * @property {string[]} [right]
 * @property {string} [output]
 * @property {number} [length]
 */

const KINDS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

/** @param {URL} url @returns {Promise<Response>} */
async function get(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return response;
}

/**
 * Reads the columns of a table and adds those that follow from the run.
 * @param {Layout} layout
 * @param {ArrayBuffer} data
 * @param {Index} index
 * @returns {Table}
 */
export function unpack(layout, data, index) {
  /** @type {Record<string, Codes>} */
  const columns = {};
  for (const { name, width, offset } of layout.columns) {
    const kind = KINDS[/** @type {1 | 2 | 4} */ (width)];
    columns[name] = new kind(data, offset, layout.rows);
  }
  // The failures lie run after run, so theirs is not written down.
  columns.run ??= runOfEach(layout.rows, index.runs);
  for (const name of /** @type {const} */ (["benchmark", "model"])) {
    const codes = new Uint16Array(layout.rows);
    const of = index.runs.map((run) => run[name]);
    for (let row = 0; row < layout.rows; row += 1) codes[row] = of[columns.run[row]];
    columns[name] = codes;
  }
  return { rows: layout.rows, columns };
}

/** @param {number} rows @param {Run[]} runs */
function runOfEach(rows, runs) {
  const codes = new Uint16Array(rows);
  let start = 0;
  runs.forEach((run, place) => {
    codes.fill(place, start, start + run.rows);
    start += run.rows;
  });
  return codes;
}

/** The files of Explore, each loaded once, when it is first needed. */
export class Store {
  /** @param {URL} home address of the index @param {Index} index */
  constructor(home, index) {
    this.home = home;
    this.index = index;
    /** @type {Map<string, Promise<any>>} */
    this.asked = new Map();
    /** @type {number[]} */
    this.starts = [];
    let start = 0;
    for (const run of index.runs) {
      this.starts.push(start);
      start += run.rows;
    }
  }

  /** @param {URL} home @returns {Promise<Store>} */
  static async open(home) {
    return new Store(home, await (await get(home)).json());
  }

  /** @template T @param {string} path @param {(response: Response) => Promise<T>} read @returns {Promise<T>} */
  load(path, read) {
    let known = this.asked.get(path);
    if (!known) {
      known = get(new URL(path, this.home)).then(read);
      known.catch(() => this.asked.delete(path)); // so that it can be tried again
      this.asked.set(path, known);
    }
    return known;
  }

  /** @param {"cube" | "failures"} name @returns {Promise<Table>} */
  table(name) {
    return this.load(name === "cube" ? "cube.bin" : "columns.bin", async (response) =>
      unpack(this.index[name], await response.arrayBuffer(), this.index),
    );
  }

  /** @param {number} part @returns {Promise<[string, string][]>} */
  texts(part) {
    return this.load(`texts/${part}.json`, (response) => response.json());
  }

  /** @param {number} code @returns {Promise<[string, string] | null>} */
  async text(code) {
    if (!code) return null;
    const { each } = this.index.texts;
    return (await this.texts(Math.floor((code - 1) / each)))[(code - 1) % each];
  }

  /** @param {number} run @returns {Promise<Shard>} */
  shard(run) {
    const { benchmark, model } = this.index.runs[run];
    const [name, who] = [this.id("benchmark", benchmark), this.id("model", model)];
    return this.load(`runs/${name}/${who}.json`, (response) => response.json());
  }

  /** @param {string} column @param {number} code */
  id(column, code) {
    return code ? this.index.values[column][code - 1][0] : "";
  }

  /** @param {string} column @param {string} id @returns {number} -1 where there is no such value */
  code(column, id) {
    if (id === "none") return 0;
    const place = this.index.values[column]?.findIndex((value) => value[0] === id) ?? -1;
    return place < 0 ? -1 : place + 1;
  }

  /**
   * Which texts hold all of these words.
   * @param {string} words
   * @param {Set<number>} wanted parts that matter
   * @param {(done: number, all: number) => void} progress
   * @returns {Promise<Uint8Array>} 1 for each code that does
   */
  async search(words, wanted, progress) {
    const { count, each } = this.index.texts;
    const found = new Uint8Array(count + 1);
    const needles = words.toLowerCase().split(/\s+/).filter(Boolean);
    let done = 0;
    for (const part of wanted) {
      progress(done, wanted.size);
      (await this.texts(part)).forEach(([title, summary], place) => {
        const text = `${title} ${summary}`.toLowerCase();
        if (needles.every((needle) => text.includes(needle))) found[part * each + place + 1] = 1;
      });
      done += 1;
    }
    return found;
  }
}

/**
 * Rows that pass every test.
 * @param {Table} table
 * @param {((row: number) => boolean)[]} tests
 * @returns {Uint32Array}
 */
export function chosen(table, tests) {
  const rows = new Uint32Array(table.rows);
  let found = 0;
  for (let row = 0; row < table.rows; row += 1) {
    let good = true;
    for (let at = 0; good && at < tests.length; at += 1) good = tests[at](row);
    if (good) rows[found++] = row;
  }
  return rows.subarray(0, found);
}

/**
 * How many failures there are by the codes of a column.
 * @param {Table} table @param {Uint32Array} rows @param {string} column @param {number} most largest code
 * @returns {Float64Array}
 */
export function countBy(table, rows, column, most) {
  const counts = new Float64Array(most + 1);
  const [codes, weight] = [table.columns[column], table.columns.count];
  for (const row of rows) counts[codes[row]] += weight ? weight[row] : 1;
  return counts;
}

/** @param {Table} table @param {Uint32Array} rows */
export function total(table, rows) {
  const weight = table.columns.count;
  if (!weight) return rows.length;
  return rows.reduce((sum, row) => sum + weight[row], 0);
}

/**
 * Wilson's interval of a share (Wilson, 1927).
 * @param {number} hits @param {number} n @param {number} z standard normal quantile
 * @returns {[number, number]}
 */
export function wilson(hits, n, z) {
  const share = hits / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half =
    (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
