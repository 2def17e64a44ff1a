// The filters of Explore, and the address that holds them.

import { element } from "./dom.js";

/** @typedef {import("./data.js").Index} Index */
/** @typedef {Record<string, string>} State */

export const CODED = {
  population: "Failures of",
  benchmark: "Benchmark",
  model: "Model",
  category: "Category",
  subcategory: "Subcategory",
  subject: "Subject",
  attribution: "Whose fault",
  status: "Outcome",
  judge: "Judge",
};
/** Columns that the cube has, so that they are counted before the failures are here. */
export const EARLY = ["population", "benchmark", "model", "category", "subcategory", "attribution", "status"];
/** Stands in an address for all populations at once, which is never what is shown unasked. */
export const EVERY = "every";
const NULLABLE = ["category", "subcategory", "attribution", "subject"];
// Not "q", at which the theme opens its search.
const KEYS = [...Object.keys(CODED), "confidence", "words", "group", "item", "page"];

/** @returns {State} */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(KEYS.map((key) => [key, query.get(key) ?? ""]));
}

/** @param {State} state */
export function addressOf(state) {
  const query = new URLSearchParams();
  for (const key of KEYS) if (state[key]) query.set(key, state[key]);
  const text = query.toString();
  return location.pathname + (text ? `?${text}` : "");
}

/** @param {HTMLElement} form @param {Index} index @param {() => void} change */
export function build(form, index, change) {
  for (const [key, label] of Object.entries(CODED)) {
    const select = element("select", { name: key });
    form.append(element("label", {}, element("span", {}, label), select));
    select.addEventListener("change", change);
    fill(select, index, key, "");
  }
  const least = element("input", { name: "confidence", type: "number", min: "0", max: "100", step: "5", placeholder: "any" });
  form.append(element("label", {}, element("span", {}, "Confidence from, %"), least));
  const group = element("select", { name: "group" });
  for (const [key, label] of Object.entries(CODED)) group.append(element("option", { value: key }, label));
  const words = element("input", { name: "words", type: "search", placeholder: "such as: off by one", autocomplete: "off" });
  form.append(element("label", { class: "ea-explore__words" }, element("span", {}, "Words in title or summary"), words));
  form.append(element("label", {}, element("span", {}, "Count by"), group));
  group.addEventListener("change", change);
  let waiting = 0;
  for (const input of [least, words]) {
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(change, 250);
    });
  }
  form.addEventListener("submit", (event) => event.preventDefault());
}

/** @param {HTMLSelectElement} select @param {Index} index @param {string} key @param {string} within */
function fill(select, index, key, within) {
  select.replaceChildren(element("option", { value: key === "population" ? EVERY : "" }, "all"));
  for (const [id, name] of index.values[key]) {
    if (!within || id.startsWith(`${within}/`)) select.append(element("option", { value: id }, name));
  }
  if (NULLABLE.includes(key)) select.append(element("option", { value: "none" }, "none"));
}

/** @param {HTMLElement} form @param {Index} index @param {State} state */
export function show(form, index, state) {
  const subcategory = /** @type {HTMLSelectElement} */ (form.querySelector("[name=subcategory]"));
  fill(subcategory, index, "subcategory", state.category === "none" ? "" : state.category);
  for (const field of /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (form.querySelectorAll("[name]"))) {
    const wanted = state[field.name] ?? "";
    if (field.value !== wanted && field !== document.activeElement) field.value = wanted;
    if (field instanceof HTMLSelectElement && field.value !== wanted) field.value = wanted;
    field.parentElement?.toggleAttribute("data-set", Boolean(wanted) && wanted !== EVERY && field.name !== "group");
  }
}

/** @param {HTMLElement} form @returns {State} */
export function read(form) {
  const fields = /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (form.querySelectorAll("[name]"));
  return Object.fromEntries([...fields].map((field) => [field.name, field.value.trim()]));
}
