// The numbers of Compare, by the formulas of generator/stats; their sources stand there.

import { wilson } from "../view.js";

/** @typedef {[share: number, low: number, high: number] & {strata?: Stratum[]}} Span */
/** @typedef {[weight: number, share: number, size: number]} Stratum */
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

const { exp, hypot, max, min, PI, sqrt } = Math;
const FIRST = 3;

/** @template T @param {Iterable<T>} list @param {(one: T, place: number) => number} [of] */
const sum = (list, of = Number) => Array.from(list, of).reduce((all, one) => all + one, 0);
/** @param {number[]} list @param {number[]} places */
const at = (list, places) => sum(places, (place) => list[place]);
/** What labels come to. @param {Tally[]} parts @param {number} power @param {number[]} places */
const total = (parts, power, places) => sum(parts, ({ sums }) => at(sums[power], places));

/** Wilson's interval; a point where nothing is left to chance. @param {number} share @param {number} n @param {number} z @returns {Span} */
function ends(share, n, z) {
  if (!(n > 0)) return [share, 0, 1];
  const [low, high] = wilson(share * n, n, z);
  return [share, share > 0 ? low : 0, share < 1 ? high : 1];
}

/** @param {Run} run @param {number} labels @param {number[]} [within] @returns {Tally} */
function tally({ codes, weights }, labels, within) {
  const sums = [0, 1, 2].map(() => Array(labels).fill(0));
  const drawn = weights.length > 0;
  let tried = 0;
  let failed = 0;
  let next = 0;
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
  const [n, whole] = [total(parts, 0, inside), total(parts, 1, inside) || 1];
  const shares = names.map((of) => total(parts, 1, of) / whole);
  const counts = names.map((of) => total(parts, 0, of));
  const simple = shares.map((share) => (share * (1 - share)) / (n || 1));
  // Of the failures that were drawn from, and of further ones.
  const numbers = [0, 1].map((further) => {
    const variances = names.map((of, place) =>
      sum(parts, ({ drawn, sums: [count, weight, square] }) => {
        if (!drawn) return simple[place] / parts.length;
        const share = shares[place];
        const size = at(count, all);
        const squares = at(square, of) * (1 - 2 * share) + at(square, inside) * share ** 2;
        const about = size > 1 ? (squares * size - (at(weight, of) - at(weight, inside) * share) ** 2) / (size - 1) : squares;
        return (about / whole ** 2) * (further || 1 - size / (at(weight, all) || 1));
      }),
    );
    const found = sum(variances) / sum(simple);
    // Where none varies, the weights tell, unless every failure was drawn.
    const plain = further || whole > n || !parts[0].drawn ? (n * total(parts, 2, inside)) / whole ** 2 : 0;
    const overall = found > 1e-9 ? found : plain;
    return simple.map((one, place) => {
      const own = one ? variances[place] / one : overall;
      const effect = counts[place] < 10 || own < 1e-9 ? max(own, overall) : own;
      return n && n / (effect || 1e-299);
    });
  });
  return shares.map((share, place) => Object.assign(ends(share, numbers[0][place], z), { count: counts[place], further: numbers[1][place] }));
}

/** A sum of independent shares. @param {[weight: number, span: Span][]} parts @param {number} share @returns {Span} */
function recovered(parts, share) {
  const [below, above] = [1, 2].map((end) => hypot(...parts.map(([weight, span]) => weight * (span[end] - span[0]))));
  return [share, max(0, share - below), min(1, share + above)];
}

/** What failures are made of, or how often they come. @param {Tally[]} parts @param {Known} known @param {string} measure */
function compose(parts, { categories, labels, z }, measure) {
  const all = [...labels.keys()];
  const each = all.map((place) => [place]);
  const placed = all.slice(0, categories);
  const [classified, weight, square] = [0, 1, 2].map((power) => total(parts, power, placed));
  const looked = total(parts, 0, all);
  const tried = sum(parts, (part) => part.tried);
  const failed = sum(parts, (part) => part.failed);
  // What has a category is an outcome as well: how uncertain outcomes are is told by all of them.
  const outcomes = sharesOf(parts, [placed, ...each.slice(categories)], all, all, z).slice(1);
  const shares = sharesOf(parts, each.slice(0, categories), measure === "rate" ? all : placed, all, z);
  const often = ends(failed / tried, tried, z);
  const whole = looked === failed && !parts.some((part) => part.drawn);
  /** @type {Span[]} */
  const spans = [...shares, ...outcomes].map((one) => {
    if (measure === "share") return one;
    return whole ? ends(one.count / tried, tried, z) : recovered([[often[0], ends(one[0], one.further, z)], [one[0], often]], often[0] * one[0]);
  });
  return { spans, n: [classified, looked, tried, failed], effective: square && weight ** 2 / square };
}
/** @typedef {ReturnType<typeof compose>} Composition */

/** @param {Composition[]} parts @param {number[]} mix weight of each @param {string} measure @param {Known} known @returns {Span[]} */
function mixed(parts, mix, measure, { categories, labels, z }) {
  return labels.map((_, label) => {
    const spans = parts.map((own) => own.spans[label]);
    const share = sum(mix, (weight, place) => weight * spans[place][0]);
    if (measure === "rate") return recovered(mix.map((weight, place) => [weight, spans[place]]), share);
    /** @type {Stratum[]} */
    const strata = parts.map(({ effective, n: [classified, looked] }, place) => [mix[place], spans[place][0], effective * (label < categories ? 1 : looked / classified)]);
    const variance = sum(strata, ([weight, own, n]) => {
      const lent = (own * n + share) / (n + 1);
      return (weight ** 2 * lent * (1 - lent)) / n;
    });
    const size = (share * (1 - share)) / variance || 1 / sum(strata, ([weight, , n]) => weight ** 2 / n);
    return Object.assign(ends(share, size, z), { strata });
  });
}

/**
 * A rate whose cases come by item, as models that share one fail it together: of all models, or of
 * each at its weight in a mix.
 * @param {Run[]} runs @param {string} measure @param {Known} known @param {number[] | null} mix @returns {Span[]}
 */
function clustered(runs, measure, { categories, labels, benchmarks, z }, mix) {
  const [{ codes, benchmark }] = runs;
  const zeros = () => Array(codes.length).fill(0);
  /** First wording of the item of each wording. @type {number[]} */
  const items = [];
  codes.forEach((_, place) => items.push(benchmarks[benchmark][3].includes(place) ? items[place - 1] : place));
  return labels.map((_, label) => {
    let share = 0;
    // Of each item: its cases, and how far its hits are from those expected.
    const cases = zeros();
    const left = zeros();
    (mix ? runs.map((run) => [run]) : [runs]).forEach((group, place) => {
      const hits = zeros();
      const of = zeros();
      for (const run of group) {
        run.codes.forEach((code, wording) => {
          hits[items[wording]] += Number(code === label + FIRST);
          of[items[wording]] += Number(measure === "rate" ? code > 0 : code >= FIRST && (label >= categories || code < categories + FIRST));
        });
      }
      const n = sum(of) || 1;
      const rate = sum(hits) / n;
      const weight = mix?.[place] ?? 1;
      share += weight * rate;
      hits.forEach((hit, item) => {
        cases[item] += of[item];
        left[item] += (weight * (hit - rate * of[item])) / n;
      });
    });
    const many = cases.filter(Boolean).length;
    const variance = (sum(left, (one) => one ** 2) * many) / max(many - 1, 1);
    return ends(share, min((share * (1 - share)) / variance || many, sum(cases)), z);
  });
}

/** Two-sided p of a standard normal deviate: an integral by the midpoint rule, and what that leaves out. @param {number} square half of its square */
function twoSided(square) {
  const x = sqrt(square);
  let p = 2 / (1 + exp(4 * PI * x));
  for (let t = 0.25; t < 7; t += 0.5) p += (exp(-t * t - square) * x) / (t * t + square) / PI;
  return p;
}

/** How likely fewer hits on one side are, as against those seen, if the sum stays. @param {number} hits @param {number} n @param {number} others @param {number} of */
function fewer(hits, n, others, of) {
  let [chance, all] = [1, 0];
  for (; hits > 0 && others < of; hits -= 1) all += chance *= (hits * (of - others)) / (n - hits + 1) / (others += 1);
  return all;
}

/** Two-sided p of hits on two sides; what was seen counts twice, or once: half on either side. @param {number} hits @param {number} n @param {number} others @param {number} of @param {number} seen */
function exact(hits, n, others, of, seen) {
  const [one, other] = [fewer(hits, n, others, of), fewer(others, of, hits, n)];
  return min(1, (2 * min(one, other) + seen) / (one + other + 1));
}

/** @param {number} difference @param {number} low @param {number} high @param {number} p @returns {Difference} */
const bounded = (difference, low, high, p) => [difference, max(-1, low), min(1, high), p, NaN];

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
  const p = apart < 25 ? exact(only[0], 1e15, only[1], 1e15, 2) : twoSided((only[0] - only[1]) ** 2 / apart / 2);
  const [more, less] = only.map((one) => (one + 1) / (items + 2));
  const reach = z * sqrt((more + less - (more - less) ** 2) / (items + 2));
  return bounded((only[0] - only[1]) / items, more - less - reach, more - less + reach, p);
}

/** @param {Span} one @param {Span} other @param {number} z @returns {Difference} */
function independent(one, other, z) {
  const difference = one[0] - other[0];
  const reach = (/** @type {number} */ end) => hypot(one[end] - one[0], other[3 - end] - other[0]);
  const [strata, beside] = [one, other].map(({ 0: share, 1: low, 2: high, strata }) => {
    // Without a mix: the size at which Wilson's interval is as wide.
    const square = (high - low) ** 2 || 1e-9;
    const rest = 2 * share * (1 - share) - square;
    return strata ?? [[1, share, (z ** 2 * (rest + sqrt(rest ** 2 + square - square ** 2))) / square]];
  });
  let whole = 0;
  let mine = 0;
  let theirs = 0;
  strata.forEach(([weight, share, n], place) => {
    const [, against, of] = beside[place];
    const pooled = (share * n + against * of) / (n + of);
    const variance = weight ** 2 * pooled * (1 - pooled);
    whole += weight * pooled;
    mine += variance / n;
    theirs += variance / of;
  });
  const [n, of] = [mine, theirs].map((variance) => min(1e6, (whole * (1 - whole)) / variance || 0));
  return bounded(difference, difference - reach(1), difference + reach(2), exact(one[0] * n, n, other[0] * of, of, 1));
}

/** @param {Known} known @param {Run[]} runs of the chosen population, models and benchmarks @param {Side} side @param {string[]} columns @param {string} mode @param {string} measure @returns {Result} */
export function compare(known, runs, side, columns, mode, measure) {
  const { z, categories, labels, benchmarks } = known;
  const models = side === "model";
  const other = models ? "benchmark" : "model";
  const drawn = runs.some(({ weights }) => weights.length);
  const of = columns.map((column) => runs.filter((run) => run[side] === column));
  const on = (/** @type {string} */ one) => of.flatMap((list) => list.filter((run) => run[other] === one));
  const tallied = (/** @type {Run} */ run) => tally(run, labels.length, models && mode === "shared" ? masks[run.benchmark] : undefined);
  const common = [...new Set(runs.map((run) => run[other]))].filter((one) => on(one).length === columns.length).sort();
  const whole = models ? common.filter((one) => on(one).every((run) => run.whole)) : common;
  const classified = common.filter((one) => on(one).every(({ codes }) => codes.some((code) => code >= FIRST && code < FIRST + categories)));
  /** @type {Record<string, number[]>} */
  const masks = Object.fromEntries(whole.map((one) => [one, Array.from(on(one)[0].codes, (_, place) => Number(on(one).every(({ codes }) => codes[place])))]));
  const items = sum(whole, (one) => sum(masks[one]));
  /** @type {Record<string, string>} */
  const refused = {};
  if (!classified.length) refused.mix = common.length ? "unclassified" : "apart";
  if (models && items < known.fewest) refused.shared = whole.length ? "few" : drawn ? "drawn" : "partial";
  if (!common.length) refused.shared = "apart";
  if (!models && runs.some((run) => !run.whole)) refused.rate = "together";
  const pick = (/** @type {string} */ asked, /** @type {string[]} */ ...order) => [asked, ...order].find((one) => order.includes(one) && !refused[one]) ?? "";
  mode = pick(mode, "shared", "mix", "each");
  measure = pick(measure || (models && mode === "shared" ? "rate" : ""), "share", "rate");
  const mixing = mode === "mix";
  const used = mixing ? classified : whole;
  const sizes = used.map((one) => (!models ? 1 : mixing ? benchmarks[one][2] : sum(masks[one])));
  const mix = sizes.map((size) => size / sum(sizes));
  const made = of.map((list) => {
    const own = mode === "each" ? list : used.flatMap((one) => list.filter((run) => run[other] === one));
    const all = compose(own.map(tallied), known, measure);
    let { spans } = all;
    if (!models && !drawn) spans = clustered(own, measure, known, mixing ? mix : null);
    else if (mixing) spans = mixed(own.map((run) => compose([tallied(run)], known, measure)), mix, measure, known);
    return { spans, n: [...all.n, own.length] };
  });
  const fair = columns.length === 2 && mode !== "each" && (mixing || !models || measure === "rate");
  const differences = fair ? labels.map((_, label) => (models && !mixing ? paired(used.map(on), label, items, z) : independent(made[0].spans[label], made[1].spans[label], z))) : [];
  let least = 1;
  const tested = differences.slice(0, categories).sort((one, other) => other[3] - one[3]);
  tested.forEach((one, place) => (one[4] = least = min(least, (one[3] * categories) / (categories - place))));
  return { mode, measure, refused, on: used, mix, items, columns: made, differences };
}
