// The page that other sites embed: one chart, with its source and edition.

import { draw, fetchJson, prepare, scheme, showImage, TOP } from "./chart.js";

/** A chart of this site and nothing else: no host, no way up, no query. */
const CHART = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*\/)*[A-Za-z0-9_][A-Za-z0-9_.-]*\.charts\/[a-z0-9-]+$/;
const LONGEST = 300;

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function start() {
  const chart = new URLSearchParams(location.search).get("chart") ?? "";
  if (chart.length > LONGEST || !CHART.test(chart)) {
    at("title").textContent = "There is no such chart here";
    return;
  }
  const canvas = at("canvas");
  try {
    const spec = await fetchJson(new URL(`${chart}.json`, TOP));
    const { title, subtitle, description, page } = spec.usermeta;
    document.title = title;
    at("title").textContent = title;
    at("subtitle").textContent = subtitle;
    const source = /** @type {HTMLAnchorElement} */ (at("source"));
    source.href = new URL(`${page}#chart-${chart.split("/").at(-1)}`, TOP).href;
    canvas.setAttribute("aria-label", description);
    const tools = await prepare();
    let drawing = draw(canvas, spec, tools, { scheme: scheme() });
    const again = () => {
      drawing.finalize();
      drawing = draw(canvas, spec, tools, { scheme: scheme() });
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    matchMedia("(max-width: 32em)").addEventListener("change", again);
    document.body.dataset.drawn = "true";
  } catch (error) {
    at("title").textContent ||= "This chart cannot be shown";
    showImage(canvas, new URL(`${chart}.svg`, TOP).href);
    console.error(error);
  }
}

start();
