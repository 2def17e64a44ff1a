// One chart: loads what it needs once, draws it in the colours of a scheme, tells what a mark says.
// Charts come compiled to Vega, and Vega's expressions run in its interpreter, so that nothing is
// ever evaluated from strings and the page's Content-Security-Policy can be tight.

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
/** @typedef {{finalize: () => void}} Drawing */
/** @typedef {{runtime: Json, theme: Theme}} Tools */

/** Top of the site, wherever it is served. */
export const TOP = new URL("../../", import.meta.url);
const RUNTIME = new URL("../vendor/vega/vega-core.js", import.meta.url);
const THEME = new URL("../chart-theme.json", import.meta.url);

/** @type {Promise<Tools> | undefined} */
let tools;

/**
 * @param {URL} url
 * @returns {Promise<any>}
 */
export async function fetchJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return response.json();
}

/**
 * Loads library and theme, once a page.
 * @returns {Promise<Tools>}
 */
export function prepare() {
  tools ??= Promise.all([import(RUNTIME.href), fetchJson(THEME)]).then(([runtime, theme]) => ({
    runtime,
    theme,
  }));
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
 * @param {any} value
 * @param {Record<string, string>} colours
 * @returns {any}
 */
function painted(value, colours) {
  if (typeof value === "string") return colours[value] ?? value;
  if (Array.isArray(value)) return value.map((one) => painted(one, colours));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, painted(one, colours)]));
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
  const place = canvas.querySelector(".ea-chart__drawing") ?? document.createElement("div");
  place.className = "ea-chart__drawing";
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
    tip = document.createElement("div");
    tip.id = "ea-tooltip";
    document.body.append(tip);
    document.addEventListener("keydown", (key) => {
      if (key.key === "Escape" && tip) tip.hidden = true;
    });
  }
  tip.hidden = !value;
  if (!value) return;
  const list = document.createElement("dl");
  for (const [key, text] of Object.entries(value)) {
    const name = document.createElement("dt");
    const said = document.createElement("dd");
    name.textContent = key;
    said.textContent = text;
    list.append(name, said);
  }
  tip.replaceChildren(list);
  const { clientWidth, clientHeight } = document.documentElement;
  const box = tip.getBoundingClientRect();
  const right = event.clientX + 12;
  const below = event.clientY + 14;
  const left = right + box.width > clientWidth ? event.clientX - box.width - 12 : right;
  const top = below + box.height > clientHeight ? event.clientY - box.height - 12 : below;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, top)}px`;
}

/**
 * Shows the static drawing, where there is no live one.
 * @param {Element} canvas
 * @param {string} url
 * @returns {Drawing}
 */
export function showImage(canvas, url) {
  const image = document.createElement("img");
  image.src = url;
  image.alt = canvas.getAttribute("aria-label") ?? "";
  canvas.querySelector(".ea-chart__drawing")?.remove();
  canvas.append(image);
  return { finalize: () => image.remove() };
}
