// One failure as a row, and what it opens to.

import { element, link, marked, visible } from "./dom.js";

/** @typedef {import("./data.js").Store} Store */
/** @typedef {import("./data.js").Table} Table */
/** @typedef {import("./data.js").Detail} Detail */

/**
 * A failure in words.
 * @param {Store} store @param {Table} table @param {number} row
 */
export async function describe(store, table, row) {
  const code = (/** @type {string} */ column) => table.columns[column][row];
  const run = code("run");
  const shard = await store.shard(run);
  const place = row - store.starts[run];
  const text = await store.text(code("text"));
  const id = (/** @type {string} */ column) => store.id(column, code(column));
  const confidence = code("confidence");
  return {
    population: id("population"),
    benchmark: id("benchmark"),
    model: id("model"),
    category: id("category"),
    subcategory: id("subcategory"),
    attribution: id("attribution"),
    status: id("status"),
    judge: id("judge"),
    subject: id("subject"),
    item: shard.items[place],
    confidence: confidence > 100 ? null : confidence / 100,
    title: text?.[0] ?? "",
    summary: text?.[1] ?? "",
    detail: shard.verdicts[place] ?? {},
  };
}

/** @typedef {Awaited<ReturnType<typeof describe>>} Failure */

/** @param {Store} store @param {string} column @param {string} id */
function named(store, column, id) {
  const [, name, href] = store.index.values[column][store.code(column, id) - 1] ?? ["", id, ""];
  return link(name, href);
}

/** @param {Store} store @param {Failure} failure */
function label(store, failure) {
  if (failure.category) return named(store, "category", failure.category);
  return named(store, failure.status === "verdict" ? "attribution" : "status", failure.status === "verdict" ? failure.attribution : failure.status);
}

/**
 * @param {Store} store @param {Failure} failure @param {string} permalink @param {boolean} open
 * @param {() => void} toggled told after the reader opened or closed it
 */
export function rowOf(store, failure, permalink, open, toggled) {
  const title = failure.title || (failure.status === "undetermined" ? "The output does not show the cause" : "No title");
  const summary = element("summary", {}, element("strong", {}, title));
  const facts = element("p", { class: "ea-example__facts" });
  facts.append(named(store, "model", failure.model), " · ", named(store, "benchmark", failure.benchmark), " ");
  facts.append(element("code", {}, visible(failure.item)), " · ", label(store, failure));
  if (failure.subcategory) {
    // Its category stands before it already.
    const [, name, href] = store.index.values.subcategory[store.code("subcategory", failure.subcategory) - 1];
    facts.append(", ", link(name.slice(failure.category.length + 1).toLowerCase(), href));
  }
  const details = element("details", {}, summary);
  details.open = open;
  const fillIn = () => {
    if (details.open && details.childElementCount === 1) details.append(...opened(store, failure, permalink));
  };
  fillIn();
  details.addEventListener("toggle", () => {
    fillIn();
    toggled();
  });
  return element("li", { class: "ea-explore__row" }, details, facts);
}

/** @param {Store} store @param {Failure} failure @param {string} permalink */
function opened(store, failure, permalink) {
  const { detail } = failure;
  /** @type {Node[]} */
  const parts = [];
  if (failure.summary) parts.push(element("p", {}, failure.summary));
  /** @type {[string, (Node | string)[]][]} */
  const facts = [
    ["Outcome", [named(store, "status", failure.status)]],
    ["Whose fault", failure.attribution ? [named(store, "attribution", failure.attribution), detail.subtype ? ` (${detail.subtype})` : ""] : []],
    ["Further errors", (detail.further ?? []).flatMap((id, at) => [at ? ", " : "", named(store, "category", id)])],
    ["Judge", [`${failure.judge} ${detail.version ?? ""}`.trim(), detail.rule ? `, rule ${detail.rule}` : ""]],
    ["Confidence", failure.confidence === null ? [] : [failure.confidence.toFixed(2)]],
    ["Subject", failure.subject ? [failure.subject] : []],
    ["Evidence", (detail.spans ?? []).length ? [`characters ${(detail.spans ?? []).map(([from, to]) => `${from} to ${to}`).join("; ")} of the output`] : []],
    ["Judged with", detail.prompt ? [`taxonomy ${detail.taxonomy}, prompt or rules ${detail.prompt}`] : []],
    ["Link", [element("a", { href: permalink }, "to this failure alone")]],
  ];
  const list = element("dl", { class: "ea-facts" });
  for (const [name, value] of facts) {
    if (value.length) list.append(element("dt", {}, name), element("dd", {}, ...value));
  }
  parts.push(list);
  if (detail.criteria?.length) {
    const rows = detail.criteria.map(([criterion, present, quality, comment]) =>
      element("li", {}, `${present ? "met" : "not met"}${quality === null ? "" : ` (${quality})`}: ${criterion}${comment ? ` — ${comment}` : ""}`),
    );
    parts.push(element("p", { class: "ea-label" }, "What a right answer needs"), element("ul", {}, ...rows));
  }
  if (detail.output === undefined) {
    parts.push(element("p", { class: "ea-withheld" }, "Item and output are not shown: the benchmark is withheld."));
    return parts;
  }
  parts.push(element("p", { class: "ea-label" }, "Item"), marked(detail.asked ?? "", []));
  if (detail.choices?.length) {
    const choices = detail.choices.map((choice, at) => `${String.fromCharCode(65 + at)}. ${choice}`);
    parts.push(element("p", { class: "ea-label" }, "Options"), marked(choices.join("\n"), []));
  }
  parts.push(element("p", { class: "ea-label" }, "Counts as right"), marked((detail.right ?? []).join("\n"), []));
  parts.push(element("p", { class: "ea-label" }, "Output, evidence marked"), marked(detail.output, detail.spans ?? []));
  const missing = (detail.length ?? 0) - Array.from(detail.output).length;
  if (missing > 0) parts.push(element("p", {}, `${missing} further characters are not shown.`));
  return parts;
}
