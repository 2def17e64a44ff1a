// The numbers of Compare, by the formulas of generator/stats; their sources stand there.

import { wilson } from "../explore/data.js";

/** @typedef {[share: number, low: number, high: number] & {variance?: number}} Span */
/** @typedef {[difference: number, low: number, high: number, p: number, q: number]} Difference */
/**
 * What became of the items of one run.
 * @typedef {object} Run
 * @property {string} population
 * @property {string} benchmark
 * @property {string} model
 * @property {number} whole 1 where every failure was looked at
 * @property {Uint8Array} codes of each wording: 0 not attempted, 1 solved, 2 not looked at, then labels
 * @property {Float64Array} weights of the failures with a label, where they were drawn
 */
/**
 * What the index says.
 * @typedef {object} Known
 * @property {number} z
 * @property {number} fewest
 * @property {number} categories how many labels are categories; the others are outcomes
 * @property {[id: string, name: string, href: string][]} labels
 * @property {Record<string, [name: string, href: string, items: number, again: number[]]>} benchmarks
 */
/** @typedef {"model" | "benchmark"} Side */
/**
 * @typedef {object} Result
 * @property {string} mode
 * @property {string} measure
 * @property {Record<string, string>} refused modes and measures that cannot be had, and why
 * @property {string[]} on what it rests on
 * @property {number[]} mix share of each
 * @property {number} items that are shared
 * @property {{spans: Span[], n: number[]}[]} columns spans by label; classified, looked at, attempted, failed, runs
 * @property {Difference[]} differences by label; none where there is no fair one
 */
/** @typedef {{drawn: boolean, tried: number, failed: number, sums: number[][]}} Tally sums by label: failures, what they weigh, the square of that */
/** @typedef {Span & {count: number, further: number}} Share */

const FIRST = 3;

/** @template T @param {Iterable<T>} list @param {(one: T, place: number) => number} [of] */
const sum = (list, of = Number) => Array.from(list, of).reduce((all, one) => all + one, 0);
/** @param {number[]} list @param {number[]} places */
const at = (list, places) => sum(places, (place) => list[place]);

/** Wilson's interval; a point where nothing is left to chance. @param {number} share @param {number} n @param {number} z @returns {Span} */
function ends(share, n, z) {
  if (!(n > 0)) return [share, 0, 1];
  if (n === Infinity) return [share, share, share];
  const [low, high] = wilson(share * n, n, z);
  return [share, share > 0 ? low : 0, share < 1 ? high : 1];
}

/** @param {Run} run @param {number} labels @param {number[]} [within] @returns {Tally} */
function tally({ codes, weights }, labels, within) {
  const sums = [0, 1, 2].map(() => Array(labels).fill(0));
  const drawn = weights.length > 0;
  let [tried, failed, next] = [0, 0, 0];
  codes.forEach((code, place) => {
    const weight = drawn && code >= FIRST ? weights[next++] : 1;
    if (!code || within?.[place] === 0) return;
    tried += 1;
    if (code > 1) failed += 1;
    if (code >= FIRST) sums.forEach((list, power) => (list[code - FIRST] += weight ** power));
  });
  return { drawn, tried, failed, sums };
}

/** @param {Tally[]} parts @param {number[][]} names labels of each share @param {number[]} inside labels that they are shares of @param {number[]} all @param {number} z @returns {Share[]} */
function sharesOf(parts, names, inside, all, z) {
  const total = (/** @type {number} */ power, /** @type {number[]} */ places) => sum(parts, ({ sums }) => at(sums[power], places));
  const [n, whole] = [total(0, inside), total(1, inside) || 1];
  const shares = names.map((of) => total(1, of) / whole);
  const counts = names.map((of) => total(0, of));
  // Of the failures that were drawn from, and of further ones.
  const numbers = [0, 1].map((further) => {
    const variances = names.map((of, place) =>
      sum(parts, ({ drawn, sums: [count, weight, square] }) => {
        const [share, size, own] = [shares[place], at(count, all), at(weight, of)];
        if (!drawn) return (share * (1 - share)) / (n || 1) / parts.length;
        const squares = at(square, of) * (1 - 2 * share) + at(square, inside) * share ** 2;
        const about = (Math.max(0, squares - (own - at(weight, inside) * share) ** 2 / size) * size) / (size - 1);
        return ((size > 1 ? about : squares) / whole ** 2) * (further || Math.max(0, 1 - size / (at(weight, all) || 1)));
      }),
    );
    const simple = shares.map((share) => (share * (1 - share)) / (n || 1));
    const overall = sum(simple) ? sum(variances) / sum(simple) : 1;
    return simple.map((one, place) => {
      const own = one ? variances[place] / one : overall;
      const effect = counts[place] < 10 ? Math.max(own, overall) : own;
      return n && n / effect;
    });
  });
  return shares.map((share, place) => Object.assign(ends(share, numbers[0][place], z), { count: counts[place], further: numbers[1][place] }));
}

/** What failures are made of. @param {Tally[]} parts @param {Known} known */
function compose(parts, { categories, labels, z }) {
  const all = labels.map((_, place) => place);
  const each = all.map((place) => [place]);
  const placed = all.slice(0, categories);
  // What has a category is an outcome as well: how uncertain outcomes are is told by all of them.
  const outcomes = sharesOf(parts, [placed, ...each.slice(categories)], all, all, z).slice(1);
  const shares = sharesOf(parts, each.slice(0, categories), placed, all, z);
  const [looked, weight, square] = [0, 1, 2].map((power) => sum(parts, ({ sums }) => at(sums[power], power ? placed : all)));
  return {
    shares: [...shares, ...outcomes],
    wide: [...sharesOf(parts, each.slice(0, categories), all, all, z), ...outcomes],
    classified: sum(shares, (one) => one.count),
    looked,
    effective: square && weight ** 2 / square,
    tried: sum(parts, (part) => part.tried),
    failed: sum(parts, (part) => part.failed),
    drawn: parts.some((part) => part.drawn),
  };
}
/** @typedef {ReturnType<typeof compose>} Composition */

/** A sum of independent shares. @param {[weight: number, span: Span][]} parts @param {number} share @returns {Span} */
function recovered(parts, share) {
  const [below, above] = [1, 2].map((end) => Math.hypot(...parts.map(([weight, span]) => weight * (span[end] - span[0]))));
  return [share, Math.max(0, share - below), Math.min(1, share + above)];
}

/** @param {Composition} own @param {number} z @returns {Span[]} */
function rates({ wide, drawn, looked, failed, tried }, z) {
  const often = ends(failed / tried, tried, z);
  return wide.map((one) => {
    if (!drawn && looked === failed) return ends(one.count / tried, tried, z);
    return recovered([[often[0], ends(one[0], one.further, z)], [one[0], often]], often[0] * one[0]);
  });
}

/** @param {Composition[]} parts by benchmark @param {number[]} mix @param {string} measure @param {Known} known @returns {Span[]} */
function mixed(parts, mix, measure, { categories, labels, z }) {
  const spans = parts.map((own) => (measure === "rate" ? rates(own, z) : own.shares));
  return labels.map((_, label) => {
    const share = sum(mix, (weight, place) => weight * spans[place][label][0]);
    if (measure === "rate") return recovered(mix.map((weight, place) => [weight, spans[place][label]]), share);
    const sizes = parts.map((own) => own.effective * (label < categories ? 1 : own.looked / own.classified));
    const variance = sum(mix, (weight, place) => {
      const lent = (spans[place][label][0] * sizes[place] + share) / (sizes[place] + 1);
      return (weight ** 2 * lent * (1 - lent)) / sizes[place];
    });
    const size = (share * (1 - share)) / variance || 1 / sum(mix, (weight, place) => weight ** 2 / sizes[place]);
    return Object.assign(ends(share, size, z), { variance });
  });
}

/** A rate whose cases come by item: models that share one fail it together. @param {Run[]} runs @param {string} measure @param {Known} known @returns {Span[]} */
function clustered(runs, measure, { categories, labels, benchmarks, z }) {
  const [, , , again] = benchmarks[runs[0].benchmark];
  return labels.map((_, label) => {
    /** @type {[hits: number, of: number][]} */
    const items = [];
    runs[0].codes.forEach((_, wording) => {
      const item = again.includes(wording) ? /** @type {[number, number]} */ (items.pop()) : [0, 0];
      for (const { codes } of runs) {
        const code = codes[wording];
        if (code === label + FIRST) item[0] += 1;
        if (measure === "rate" ? code : code >= FIRST && (label >= categories || code < categories + FIRST)) item[1] += 1;
      }
      items.push([item[0], item[1]]);
    });
    const total = sum(items, ([, of]) => of);
    if (!total) return [0, 0, 1];
    const rate = sum(items, ([hits]) => hits) / total;
    const clusters = items.filter(([, of]) => of).length;
    const variance = (sum(items, ([hits, of]) => (hits - rate * of) ** 2) / total ** 2) * (clusters / Math.max(clusters - 1, 1));
    return ends(rate, Math.min((rate * (1 - rate)) / variance || clusters, total), z);
  });
}

/** Two-sided p of a standard normal deviate. @param {number} deviate */
function twoSided(deviate) {
  const x = deviate / Math.SQRT2;
  let [term, all] = [x, x];
  if (x < 2.5) {
    for (let n = 1; n < 90; n += 1) all += (term *= (-x * x) / n) / (2 * n + 1);
    return 1 - (2 / Math.sqrt(Math.PI)) * all;
  }
  for (let n = 90; n; n -= 1) all = x + n / 2 / all;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / all;
}

/** McNemar's test, and the interval of the difference. @param {Run[][]} pairs @param {number} label @param {number} items @param {number} z @returns {Difference} */
function paired(pairs, label, items, z) {
  const only = [0, 0];
  for (const [one, other] of pairs) {
    one.codes.forEach((code, place) => {
      const there = other.codes[place];
      if (code && there && code !== there) [code, there].forEach((one, side) => (only[side] += Number(one === label + FIRST)));
    });
  }
  const apart = sum(only);
  let [ways, p] = [1, 0];
  for (let k = 0; k <= Math.min(...only); k += 1) {
    p += ways / 2 ** (apart - 1);
    ways *= (apart - k) / (k + 1);
  }
  if (apart >= 25) p = twoSided(Math.abs(only[0] - only[1]) / Math.sqrt(apart));
  const [more, less] = only.map((one) => (one + 1) / (items + 2));
  const reach = z * Math.sqrt((more + less - (more - less) ** 2) / (items + 2));
  return [(only[0] - only[1]) / items, Math.max(-1, more - less - reach), Math.min(1, more - less + reach), Math.min(1, p), NaN];
}

/** @param {Span} one @param {Span} other @param {number} z @returns {Difference} */
function independent(one, other, z) {
  const difference = one[0] - other[0];
  const variance = sum([one, other], (span) => span.variance ?? ((span[2] - span[1]) / (2 * z)) ** 2);
  const reach = (/** @type {number} */ end) => Math.hypot(one[end] - one[0], other[3 - end] - other[0]);
  return [difference, Math.max(-1, difference - reach(1)), Math.min(1, difference + reach(2)), twoSided(Math.abs(difference) / Math.sqrt(Math.max(variance, 1e-300))), NaN];
}

/** @param {Known} known @param {Run[]} runs of the chosen population, models and benchmarks @param {Side} side @param {string[]} columns @param {string} mode @param {string} measure @returns {Result} */
export function compare(known, runs, side, columns, mode, measure) {
  const { z, categories, labels, benchmarks } = known;
  const models = side === "model";
  const other = models ? "benchmark" : "model";
  const drawn = runs.some(({ weights }) => weights.length);
  const of = columns.map((column) => runs.filter((run) => run[side] === column));
  const on = (/** @type {string} */ one) => of.flatMap((list) => list.filter((run) => run[other] === one));
  const single = (/** @type {Run} */ run) => compose([tally(run, labels.length)], known);
  const common = [...new Set(runs.map((run) => run[other]))].filter((one) => on(one).length === columns.length).sort();
  const whole = models ? common.filter((one) => on(one).every((run) => run.whole)) : common;
  const classified = models ? common.filter((one) => on(one).every((run) => single(run).classified)) : [];
  /** @type {Record<string, number[]>} */
  const masks = Object.fromEntries(whole.map((one) => [one, Array.from(on(one)[0].codes, (_, place) => Number(on(one).every(({ codes }) => codes[place])))]));
  const items = sum(whole, (one) => sum(masks[one]));
  /** @type {Record<string, string>} */
  const refused = {};
  if (!classified.length) refused.mix = !models ? "unmixed" : common.length ? "unclassified" : "apart";
  if (models && items < known.fewest) refused.shared = whole.length ? "few" : drawn ? "drawn" : "partial";
  if (!common.length) refused.shared = "apart";
  if (!models && runs.some((run) => !run.whole)) refused.rate = "together";
  const pick = (/** @type {string} */ asked, /** @type {string[]} */ ...order) => [asked, ...order].find((one) => order.includes(one) && !refused[one]) ?? "";
  mode = pick(mode, "shared", "mix", "each");
  measure = pick(measure, ...(models && mode === "shared" ? ["rate", "share"] : ["share", "rate"]));
  const mixing = mode === "mix";
  const used = mixing ? classified : whole;
  const sizes = used.map((one) => (mixing ? benchmarks[one][2] : sum(masks[one])));
  const mix = sizes.map((size) => size / sum(sizes));
  const made = of.map((list) => {
    const own = mode === "each" ? list : used.flatMap((one) => list.filter((run) => run[other] === one));
    const all = compose(own.map((run) => tally(run, labels.length, models && mode === "shared" ? masks[run.benchmark] : undefined)), known);
    let spans = measure === "rate" ? rates(all, z) : all.shares;
    if (mixing) spans = mixed(own.map(single), mix, measure, known);
    else if (!models && !drawn) spans = clustered(own, measure, known);
    return { spans, n: [all.classified, all.looked, all.tried, all.failed, own.length] };
  });
  const fair = columns.length === 2 && mode !== "each" && (mixing || !models || measure === "rate");
  const differences = fair ? labels.map((_, label) => (models && !mixing ? paired(used.map(on), label, items, z) : independent(made[0].spans[label], made[1].spans[label], z))) : [];
  let least = 1;
  const tested = differences.slice(0, categories).sort((one, other) => other[3] - one[3]);
  tested.forEach((one, place) => (one[4] = least = Math.min(least, (one[3] * categories) / (categories - place))));
  return { mode, measure, refused, on: used, mix, items, columns: made, differences };
}
