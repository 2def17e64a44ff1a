// The charts of a page: each is drawn when it comes near, again when scheme, width or order change,
// and in light colours on paper. Each can be taken along as a picture or embedded elsewhere.

import { draw, fetchJson, prepare, scheme, showImage, TOP } from "./chart.js";

/** @typedef {import("./chart.js").Scheme} Scheme */
/** @typedef {{spec: import("./chart.js").Spec, tools: import("./chart.js").Tools}} Parts */

/** @type {Map<HTMLElement, import("./chart.js").Drawing>} */
const drawn = new Map();
/** @type {Map<HTMLElement, Parts>} */
const loaded = new Map();
/** Static drawings that stand in while a page is printed. @type {import("./chart.js").Drawing[]} */
const standIns = [];

/** @param {HTMLElement} figure */
const canvasOf = (figure) => /** @type {HTMLElement} */ (figure.querySelector(".ea-chart__canvas"));
/** @param {HTMLElement} figure */
const specOf = (figure) => new URL(figure.dataset.spec ?? "", document.baseURI);
/** @param {HTMLElement} figure */
const imageOf = (figure) => specOf(figure).href.replace(/\.json$/, ".svg");
/** @returns {HTMLElement[]} */
const figures = () => [...document.querySelectorAll("figure.ea-chart[data-spec]")].map(
  (one) => /** @type {HTMLElement} */ (one),
);

/**
 * @param {HTMLElement} figure
 * @param {Scheme} colours
 */
function show(figure, colours) {
  const parts = loaded.get(figure);
  if (!parts) return;
  const order = figure.querySelector("select")?.value;
  try {
    drawn.get(figure)?.finalize();
    drawn.set(figure, draw(canvasOf(figure), parts.spec, parts.tools, { scheme: colours, order }));
    figure.dataset.drawn = colours;
  } catch (error) {
    fail(figure, error);
  }
}

/**
 * @param {HTMLElement} figure
 * @param {unknown} error
 */
function fail(figure, error) {
  loaded.delete(figure);
  drawn.set(figure, showImage(canvasOf(figure), imageOf(figure)));
  console.error(error);
}

/** @param {HTMLElement} figure */
async function load(figure) {
  try {
    const [tools, spec] = await Promise.all([prepare(), fetchJson(specOf(figure))]);
    loaded.set(figure, { spec, tools });
    show(figure, scheme());
  } catch (error) {
    fail(figure, error);
  }
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      near.unobserve(target);
      load(target);
    }
  },
  { rootMargin: "300px" },
);

function start() {
  for (const [figure, view] of drawn) {
    if (figure.isConnected) continue;
    view.finalize();
    drawn.delete(figure);
    loaded.delete(figure);
  }
  for (const figure of figures()) if (!drawn.has(figure)) near.observe(figure);
}

function redraw() {
  for (const figure of loaded.keys()) show(figure, scheme());
}

/**
 * Draws the static drawing on a canvas, twice as large and on white, and hands it over as a file.
 * @param {HTMLElement} figure
 */
async function savePng(figure) {
  const image = new Image();
  image.src = imageOf(figure);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ done) =>
    canvas.toBlob(done, "image/png"),
  );
  if (!blob) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${figure.id.replace(/^chart-/, "")}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Opens or closes the snippet that puts a chart into another page.
 * @param {HTMLElement} figure
 * @param {Element} button
 */
function toggleEmbed(figure, button) {
  const open = figure.querySelector(".ea-chart__embed");
  button.setAttribute("aria-expanded", String(!open));
  if (open) {
    open.remove();
    return;
  }
  const chart = specOf(figure).href.slice(TOP.href.length).replace(/\.json$/, "");
  const frame = document.createElement("iframe");
  frame.src = new URL(`embed/?chart=${encodeURIComponent(chart)}`, TOP).href;
  frame.title = figure.querySelector("strong")?.textContent ?? "";
  frame.width = "100%";
  frame.height = String(Math.ceil(canvasOf(figure).clientHeight + 150));
  frame.loading = "lazy";
  const label = document.createElement("label");
  label.className = "ea-chart__embed";
  label.append("Put this into your page; it stays at this edition where its address names one.");
  const snippet = document.createElement("textarea");
  snippet.readOnly = true;
  snippet.rows = 4;
  snippet.value = frame.outerHTML;
  label.append(snippet);
  button.parentElement?.after(label);
  snippet.focus();
  snippet.select();
}

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("button[data-chart]") : null;
  const figure = button?.closest("figure");
  if (!(button instanceof HTMLElement) || !figure) return;
  if (button.dataset.chart === "embed") toggleEmbed(figure, button);
  else savePng(figure).catch(console.error);
});
document.addEventListener("change", ({ target }) => {
  const figure = target instanceof HTMLSelectElement ? target.closest("figure") : null;
  if (figure) show(figure, scheme());
});

matchMedia("(max-width: 32em)").addEventListener("change", redraw);
new MutationObserver(redraw).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });

addEventListener("beforeprint", () => {
  for (const figure of figures()) {
    // A printer does not wait: what was never scrolled to has its static drawing.
    if (loaded.has(figure)) show(figure, "light");
    else if (!drawn.has(figure)) standIns.push(showImage(canvasOf(figure), imageOf(figure)));
  }
});
addEventListener("afterprint", () => {
  for (const image of standIns.splice(0)) image.finalize();
  redraw();
});

// Material announces every page it shows, the first included, where pages are swapped in place.
const pages = /** @type {any} */ (globalThis).document$;
if (pages) pages.subscribe(start);
else start();
