// One chart: loads what it needs once, draws it in the colours of a scheme, tells what a mark says.
// Charts come compiled to Vega, and Vega's expressions run in its interpreter, so that nothing is
// ever evaluated from strings and the page's Content-Security-Policy can be tight.

import { element } from "./dom.js";
import { filesOf } from "./files.js";

/** @typedef {"light" | "dark"} Scheme */
/** @typedef {Record<string, any>} Json */
/** @typedef {{below: number, height: number}} Narrow */
/**
 * @typedef {object} Told
 * @property {string} title
 * @property {string} subtitle
 * @property {string} description
 * @property {string} page Address of the page of the chart, seen from the top of the site.
 * @property {Narrow} [narrow] Height on a phone, where it differs.
 * @property {{narrow: number, wide: number}} [step] Height of a row, where the rows can be ordered.
 */
/** @typedef {Json & {usermeta: Told, height: number}} Spec */
/** @typedef {{config: Json, light: Record<string, string>, dark: Record<string, string>}} Theme */
/** @typedef {{finalize: () => void, toSVG?: () => Promise<string>}} Drawing */
/** @typedef {{runtime: Json, theme: Theme}} Tools */

/** Top of the site, wherever it is served. */
export const TOP = new URL("../../", import.meta.url);
/** Loads files of it, each once. */
export const site = filesOf(TOP);
const RUNTIME = new URL("../vendor/vega/vega-core.js", import.meta.url);

/** @type {Promise<Tools> | undefined} */
let tools;

/**
 * Loads library and theme, once a page.
 * @returns {Promise<Tools>}
 */
export function prepare() {
  tools ??= Promise.all([import(RUNTIME.href), site("assets/chart-theme.json")]).then(([runtime, theme]) => ({ runtime, theme }));
  return tools;
}

/** @returns {Scheme} */
export function scheme() {
  const chosen = document.body.dataset.mdColorScheme;
  if (chosen) return chosen === "slate" ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/**
 * Copies a specification with the colours of a scheme for their names.
 * @param {Json} spec
 * @param {Record<string, string>} colours
 * @returns {Json}
 */
function painted(spec, colours) {
  return JSON.parse(JSON.stringify(spec), (_, value) => (typeof value === "string" && Object.hasOwn(colours, value) ? colours[value] : value));
}

/**
 * Draws a chart, at once, in place of what was there.
 * @param {Element} canvas
 * @param {Spec} spec
 * @param {Tools} tools
 * @param {{scheme: Scheme, order?: string}} settings
 * @returns {Drawing}
 */
export function draw(canvas, spec, { runtime, theme }, { scheme, order }) {
  const place = canvas.querySelector(".ea-chart__drawing") ?? element("div", { class: "ea-chart__drawing" });
  if (!place.isConnected) canvas.append(place);
  const vega = painted({ ...spec, config: theme.config }, theme[scheme]);
  const { narrow, step, description } = spec.usermeta;
  const isNarrow = narrow !== undefined && canvas.clientWidth < narrow.below;
  if (isNarrow) vega.height = narrow.height;
  const signal = (/** @type {string} */ name) =>
    vega.signals?.find((/** @type {Json} */ one) => one.name === name);
  const rows = order && signal("orders")?.value[order];
  if (rows && step) {
    signal("order").value = order;
    vega.height = rows.length * step[isNarrow ? "narrow" : "wide"];
  }
  const view = new runtime.View(runtime.parse(vega, undefined, { ast: true }), {
    expr: runtime.expressionInterpreter,
    renderer: "svg",
    hover: false,
  });
  view.tooltip(tell);
  view.initialize(place).description(description).run();
  // An empty form for inputs that no chart of ours has.
  place.querySelector("form")?.remove();
  // The figure's own description speaks for the drawing, its table for the numbers.
  place.querySelector("svg")?.setAttribute("aria-hidden", "true");
  return view;
}

/** @type {HTMLElement | undefined} */
let tip;

/**
 * Shows what a mark says beside the pointer, or hides it.
 * @param {unknown} _handler
 * @param {MouseEvent} event
 * @param {unknown} _item
 * @param {Record<string, string> | null | undefined} value
 */
function tell(_handler, event, _item, value) {
  if (!tip?.isConnected) {
    tip = element("div", { id: "ea-tooltip" });
    document.body.append(tip);
    addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && tip) tip.hidden = true;
    });
  }
  tip.hidden = !value;
  if (!value) return;
  const told = Object.entries(value).flatMap(([key, text]) => [element("dt", {}, key), element("dd", {}, text)]);
  tip.replaceChildren(element("dl", {}, ...told));
  const { clientWidth, clientHeight } = document.documentElement;
  const box = tip.getBoundingClientRect();
  // Beside the pointer, on the other side of it where there is no room.
  const place = (/** @type {number} */ at, /** @type {number} */ size, /** @type {number} */ most) =>
    `${Math.max(4, at + 14 + size > most ? at - size - 12 : at + 14)}px`;
  tip.style.left = place(event.clientX, box.width, clientWidth);
  tip.style.top = place(event.clientY, box.height, clientHeight);
}

/**
 * Shows the static drawing, where there is no live one.
 * @param {Element} canvas
 * @param {string} url
 * @returns {Drawing}
 */
export function showImage(canvas, url) {
  const image = element("img", { src: url, alt: canvas.getAttribute("aria-label") ?? "" });
  // A picture that stands there already too: a chart can be asked for twice before it comes.
  canvas.querySelector(".ea-chart__drawing,img")?.remove();
  canvas.append(image);
  return { finalize: () => image.remove() };
}
