// One failure: in words, as a row, and what the row opens to. The labels are the page's own.

import { copyOf, element, link } from "../dom.js";

/** @typedef {import("./data.js").Store} Store */
/** @typedef {import("./data.js").Table} Table */

/**
 * A failure in words.
 * @param {Store} store @param {Table} table @param {number} row
 */
export async function describe(store, { columns }, row) {
  const run = columns.run[row];
  const place = row - store.index.runs[run].start;
  const [{ items, shared, verdicts }, [title, summary]] = await Promise.all([store.shard(run), store.text(columns.text[row])]);
  const confidence = columns.confidence[row];
  const named = Object.keys(store.index.values).map((column) => [column, store.id(column, columns[column][row])]);
  return {
    /** Ids, by column. @type {Record<string, string>} */
    ids: Object.fromEntries(named),
    item: items[place],
    confidence: confidence > 100 ? null : confidence / 100,
    title,
    summary,
    detail: verdicts[place] ? { ...shared, ...verdicts[place] } : {},
  };
}

/** @typedef {Awaited<ReturnType<typeof describe>>} Failure */
/** @typedef {Awaited<ReturnType<typeof import("../view.js").open>>["say"]} Say */

/**
 * @param {Store} store @param {Say} say @param {Failure} failure
 * @param {string} alone address of the failure by itself
 * @param {boolean} open
 */
export function rowOf(store, say, failure, alone, open) {
  const { category, subcategory, status, attribution, model, benchmark } = failure.ids;
  const { values } = store.index;
  const named = (/** @type {string} */ column, /** @type {string} */ id, from = 0) => {
    const [, name, href] = values[column][store.code(column, id) - 1] ?? ["", id, ""];
    return link(from ? name.slice(from).toLowerCase() : name, href);
  };
  const row = copyOf("explore-row", {
    title: failure.title || say(status === "undetermined" ? "unseen" : "untitled"),
    model: named("model", model),
    benchmark: named("benchmark", benchmark),
    item: visible(failure.item),
    label: category ? named("category", category) : status === "verdict" ? named("attribution", attribution) : named("status", status),
    // Its category stands before it already.
    subcategory: subcategory && named("subcategory", subcategory, category.length + 1),
  });
  const details = /** @type {HTMLDetailsElement} */ (row.querySelector("details"));
  const fill = () => {
    if (details.open && details.childElementCount === 1) details.append(opened(say, failure, alone, named));
  };
  details.open = open;
  fill();
  details.addEventListener("toggle", fill);
  return row;
}

/**
 * @param {Say} say @param {Failure} failure @param {string} alone
 * @param {(column: string, id: string) => Node} named
 */
function opened(say, { ids, detail, summary, confidence }, alone, named) {
  const { asked, right, output, turns = [], spans = [], subtype, rule, prompt, choices, criteria = [], further = [] } = detail;
  const made = copyOf("explore-verdict", {
    summary,
    status: named("status", ids.status),
    attribution: ids.attribution && [named("attribution", ids.attribution), subtype && ` (${subtype})`],
    further: further.flatMap((id, at) => [at ? ", " : "", named("category", id)]),
    judge: [ids.judge, " ", detail.version, rule && say("rule", rule)],
    confidence: confidence?.toFixed(2),
    subject: ids.subject && named("subject", ids.subject),
    evidence: detail.places || (spans.length > 0 && say("evidence", spans.map((span) => say("span", ...span)).join("; "))),
    prompt: prompt && say("prompt", detail.taxonomy, prompt),
    criteria: criteria.map(([criterion, present, quality, comment]) =>
      element("li", {}, say(present ? "met" : "not met") + (quality === null ? "" : ` (${quality})`), `: ${criterion}`, comment && ` — ${comment}`),
    ),
    withheld: !right,
    asked: asked && marked(asked),
    choices: choices && marked(choices),
    right: right && marked(right.join("\n")),
    output: output && marked(output, spans),
    turns: turns.map(turnOf),
    missing: detail.missing,
  });
  made.querySelector("a:not([href])")?.setAttribute("href", alone);
  // The address of the failure has its identifiers; no text of a benchmark leaves the page.
  const objection = /** @type {HTMLAnchorElement | null} */ (made.querySelector("[data-form]"));
  const verdict = ids.subcategory || ids.category || ids.attribution || ids.status;
  const told = new URLSearchParams({ judge: ids.judge, verdict, page: location.origin + alone });
  if (objection) objection.href += `${alone.replace(/.*\?/, "&")}&${told}`;
  return made;
}

/** The template has a place for each role, and for what is said openly or folded. @param {import("./data.js").Turn} turn */
function turnOf([role, speaker, note, skipped, place, said]) {
  const parts = said.flatMap(([label, text, spans]) => [element("p", {}, label), marked(text, spans)]);
  return copyOf("explore-turn", { [role]: speaker, note, skipped, [place]: parts });
}

const HIDDEN = /(?![\t\n])[\p{Cc}\p{Cs}\p{DI}\p{NChar}\p{Zl}\p{Zp}\ufff9-\ufffb]/gu;

/** Shows characters that leave no mark, or turn what is around them. @param {string} text */
function visible(text) {
  return text.replace(HIDDEN, (one) => `[U+${one.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}]`);
}

/**
 * A text with spans of it marked; they count code points, and may reach beyond its end.
 * @param {string} text @param {[number, number][]} [spans]
 */
function marked(text, spans = []) {
  const points = Array.from(text);
  const code = element("code");
  let place = 0;
  const upTo = (/** @type {number} */ end) => visible(points.slice(place, (place = end)).join(""));
  for (const [from, to] of [...spans].sort((one, other) => one[0] - other[0])) {
    const [start, end] = [Math.max(from, place), Math.min(to, points.length)];
    if (start < end) code.append(upTo(start), element("mark", {}, upTo(end)));
  }
  code.append(upTo(points.length));
  return element("pre", { class: "ea-output", tabindex: "0" }, code);
}
