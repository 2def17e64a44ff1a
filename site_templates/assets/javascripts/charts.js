// Draws the charts of a page: each when it comes into view, in the colours of the scheme, again
// when the scheme changes. Everything is served by this site; nothing is evaluated from strings
// (Vega's expressions run in its interpreter), so the page's Content-Security-Policy can be tight.

const VENDOR = new URL("../vendor/vega/", import.meta.url);
const LIBRARIES = ["vega.min.js", "vega-lite.min.js", "vega-embed.min.js"];
const THEME = new URL("../chart-theme.json", import.meta.url);

/** @type {Promise<object> | undefined} */
let ready;
/** @type {Map<Element, {finalize: () => void}>} */
const drawn = new Map();
/** Latest drawing asked for of each figure, so that a slower, older one never overwrites it. */
const turns = new WeakMap();

function loadScript(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(name, VENDOR).href;
    script.async = false; // they run in the order given
    script.onload = resolve;
    script.onerror = () => reject(new Error(`cannot load ${name}`));
    document.head.append(script);
  });
}

async function fetchJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return response.json();
}

/** Loads libraries and theme, once a page. */
function prepare() {
  ready ??= Promise.all([fetchJson(THEME), ...LIBRARIES.map(loadScript)]).then(([theme]) => theme);
  return ready;
}

function scheme() {
  const chosen = document.body.dataset.mdColorScheme;
  if (chosen) return chosen === "slate" ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

async function draw(figure) {
  const canvas = figure.querySelector(".ea-chart__canvas");
  if (!canvas || !figure.dataset.spec) return;
  const turn = (turns.get(figure) ?? 0) + 1;
  turns.set(figure, turn);
  const url = new URL(figure.dataset.spec, document.baseURI);
  try {
    const [theme, spec] = await Promise.all([prepare(), fetchJson(url)]);
    if (turns.get(figure) !== turn) return;
    const now = scheme();
    drawn.get(figure)?.finalize();
    // A chart can ask for another height where there is little room.
    const narrow = spec.usermeta?.narrow;
    if (narrow && canvas.clientWidth < narrow.below) spec.height = narrow.height;
    const result = await globalThis.vegaEmbed(canvas, spec, {
      actions: false,
      ast: true,
      config: theme[now],
      defaultStyle: false,
      mode: "vega-lite",
      renderer: "svg",
      tooltip: { disableDefaultStyle: true, theme: "atlas" },
    });
    if (turns.get(figure) !== turn) {
      // The palette changed while this was drawn: a newer drawing is there or on its way.
      result.finalize();
      if (!drawn.has(figure) || figure.dataset.drawn !== scheme()) draw(figure);
      return;
    }
    // The figure's own description speaks for the drawing, its table for the numbers.
    canvas.querySelector("svg")?.setAttribute("aria-hidden", "true");
    drawn.set(figure, result);
    figure.dataset.drawn = now;
  } catch (error) {
    if (turns.get(figure) === turn) showImage(canvas, url);
    console.error(error);
  }
}

/** The static drawing, where the live one fails. */
function showImage(canvas, url) {
  const image = document.createElement("img");
  image.src = url.href.replace(/\.json$/, ".svg");
  image.alt = canvas.getAttribute("aria-label") ?? "";
  canvas.replaceChildren(image);
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      draw(entry.target);
    }
  },
  { rootMargin: "300px" },
);

function start() {
  for (const [figure, view] of drawn) {
    if (figure.isConnected) continue;
    view.finalize();
    drawn.delete(figure);
  }
  for (const figure of document.querySelectorAll("figure.ea-chart")) {
    if (!drawn.has(figure)) seen.observe(figure);
  }
}

function redraw() {
  for (const figure of drawn.keys()) draw(figure);
}

matchMedia("(max-width: 32em)").addEventListener("change", redraw);
new MutationObserver(redraw).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });

addEventListener("beforeprint", () => {
  // What was never scrolled to has no drawing yet, and a printer does not wait for one.
  for (const figure of document.querySelectorAll("figure.ea-chart:not([data-drawn])")) {
    const canvas = figure.querySelector(".ea-chart__canvas");
    if (canvas) showImage(canvas, new URL(figure.dataset.spec, document.baseURI));
  }
});

// Material announces every page it shows, the first included, where pages are swapped in place.
if (globalThis.document$) globalThis.document$.subscribe(start);
else start();
