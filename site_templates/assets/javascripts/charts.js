// The charts of a page: each is drawn when it comes near, again when scheme, width or order change,
// and in light colours on paper. Each can be taken along as a picture or embedded elsewhere.

import { draw, prepare, scheme, showImage, site, TOP } from "./chart.js";
import { element } from "./dom.js";
import { save } from "./files.js";

/** @typedef {import("./chart.js").Drawing} Drawing */
/** @typedef {{spec: import("./chart.js").Spec, tools: import("./chart.js").Tools}} Parts */

/** What was drawn; where that failed, a picture without parts. @type {Map<HTMLElement, {drawing?: Drawing, parts?: Parts}>} */
const charts = new Map();
/** Static drawings that stand in while a page is printed. @type {Map<HTMLElement, Drawing>} */
const standIns = new Map();
let printing = false;

/** @param {HTMLElement} figure */
const canvasOf = (figure) => /** @type {HTMLElement} */ (figure.querySelector(".ea-chart__canvas"));
/** @param {HTMLElement} figure */
const specOf = (figure) => new URL(figure.dataset.spec ?? "", document.baseURI);
/** @param {HTMLElement} figure */
const imageOf = (figure) => specOf(figure).href.replace(/\.json$/, ".svg");
/** @param {HTMLElement} figure */
const showImageOf = (figure) => showImage(canvasOf(figure), imageOf(figure));
const figures = () => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".ea-chart[data-spec]"));

/** Paper is light. @param {HTMLElement} figure */
function show(figure) {
  const chart = charts.get(figure);
  if (!chart?.parts) return;
  const { spec, tools } = chart.parts;
  const colours = printing ? "light" : scheme();
  const order = figure.querySelector("select")?.value;
  try {
    chart.drawing?.finalize();
    dismiss(figure);
    chart.drawing = draw(canvasOf(figure), spec, tools, { scheme: colours, order });
    figure.dataset.drawn = colours;
  } catch (error) {
    fail(figure, error);
  }
}

/** @param {HTMLElement} figure @param {unknown} error */
function fail(figure, error) {
  dismiss(figure);
  charts.set(figure, { drawing: showImageOf(figure) });
  console.error(error);
}

/** Takes a stand-in away, whose chart has come. @param {HTMLElement} figure */
function dismiss(figure) {
  standIns.get(figure)?.finalize();
  standIns.delete(figure);
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      const figure = /** @type {HTMLElement} */ (target);
      Promise.all([prepare(), site(specOf(figure).href)])
        .then(([tools, spec]) => {
          charts.set(figure, { parts: { spec, tools } });
          show(figure);
        })
        .catch((error) => fail(figure, error));
    }
  },
  { rootMargin: "300px" },
);

/** Looks for charts that were not here before. */
export function start() {
  for (const [figure, { drawing }] of charts) {
    if (figure.isConnected) continue;
    drawing?.finalize();
    charts.delete(figure);
  }
  for (const figure of figures()) if (!charts.has(figure)) near.observe(figure);
}

function redraw() {
  for (const figure of figures()) show(figure);
}

/** The theme sets its scheme more often than it changes. */
function repaint() {
  for (const figure of figures()) if (figure.dataset.drawn !== scheme()) show(figure);
}

/**
 * Address of a picture of the chart, in light colours: the static drawing, or where the reader put
 * the rows in another order, one like it in that order.
 * @param {HTMLElement} figure
 */
async function pictureOf(figure) {
  const parts = charts.get(figure)?.parts;
  const orders = figure.querySelector("select");
  if (!parts || !orders?.selectedIndex) return imageOf(figure);
  const place = element("div", { class: "ea-chart__unseen" });
  document.body.append(place);
  const drawing = draw(place, parts.spec, parts.tools, { scheme: "light", order: orders.value });
  const svg = await drawing.toSVG?.();
  drawing.finalize();
  place.remove();
  return `data:image/svg+xml,${encodeURIComponent(svg ?? "")}`;
}

/** Hands a picture over; as PNG it is twice as large, and on white. @param {HTMLElement} figure @param {string} kind */
async function savePicture(figure, kind) {
  const address = await pictureOf(figure);
  const name = `${figure.id.replace(/^chart-/, "")}.${kind}`;
  if (kind === "svg") return save(name, address);
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = element("canvas");
  const width = (canvas.width = image.naturalWidth * 2);
  const height = (canvas.height = image.naturalHeight * 2);
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(image, 0, 0, width, height);
  save(name, canvas.toDataURL());
}

/** Opens or closes the snippet that puts a chart into another page. @param {HTMLElement} figure @param {Element} button */
function toggleEmbed(figure, button) {
  const open = figure.querySelector(".ea-chart__embed");
  button.ariaExpanded = String(!open);
  if (open) return open.remove();
  const chart = specOf(figure).href.slice(TOP.href.length).replace(/\.json$/, "");
  const { outerHTML } = element("iframe", {
    src: new URL(`embed/?chart=${encodeURIComponent(chart)}`, TOP).href,
    title: figure.querySelector("strong")?.textContent ?? "",
    width: "100%",
    height: String(Math.ceil(canvasOf(figure).clientHeight + 150)),
    loading: "lazy",
  });
  const snippet = element("textarea", { readonly: "", rows: "4" }, outerHTML);
  const label = element("label", { class: "ea-chart__embed" }, "Put this into your page; it stays at this edition where its address names one.", snippet);
  button.parentElement?.after(label);
  snippet.focus();
  snippet.select();
}

addEventListener("click", (event) => {
  const { target } = event;
  const button = /** @type {HTMLElement | null} */ (target instanceof Element && target.closest("[data-chart], a[download][href$='.svg']"));
  const figure = button?.closest("figure");
  if (!button || !figure) return;
  event.preventDefault();
  const kind = button.dataset.chart ?? "svg";
  if (kind === "embed") toggleEmbed(figure, button);
  else savePicture(figure, kind).catch(console.error);
});
addEventListener("change", ({ target }) => {
  const figure = target instanceof HTMLSelectElement && target.closest("figure");
  if (figure) show(figure);
});

for (const query of ["(max-width: 32em)", "(prefers-color-scheme: dark)"]) matchMedia(query).onchange = redraw;
new MutationObserver(repaint).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });

addEventListener("beforeprint", () => {
  printing = true;
  redraw();
  // A printer does not wait: what was never scrolled to has its static drawing.
  for (const figure of figures()) if (!charts.has(figure)) standIns.set(figure, showImageOf(figure));
});
addEventListener("afterprint", () => {
  printing = false;
  for (const figure of figures()) dismiss(figure);
  redraw();
});

start();
// Material announces the pages it shows, where they are swapped in place; it may come after this.
addEventListener("load", () => /** @type {any} */ (globalThis).document$?.subscribe(start));
