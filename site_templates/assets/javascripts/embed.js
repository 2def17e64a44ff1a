// The page that other sites embed: one chart, with its source and edition.

import { site, TOP } from "./chart.js";
import { start } from "./charts.js";
import { byId } from "./dom.js";

/** A chart of this site and nothing else: no host, no way up, no query, and not without end. */
const CHART = /^(?!.{301})(?:[A-Za-z0-9_][A-Za-z0-9_.-]*\/)*[A-Za-z0-9_][A-Za-z0-9_.-]*\.charts\/[a-z0-9-]+$/;

const chart = new URLSearchParams(location.search).get("chart") ?? "";
const heading = byId("title");

/** @param {string} spec address of the chart */
async function show(spec) {
  try {
    const { title, subtitle, description, page } = (await site(spec)).usermeta;
    heading.textContent = document.title = title;
    byId("subtitle").textContent = subtitle;
    byId("source").setAttribute("href", new URL(`${page}#chart-${chart.split("/").at(-1)}`, TOP).href);
    byId("canvas").ariaLabel = description;
  } catch (error) {
    heading.textContent = "This chart cannot be shown";
    console.error(error);
  }
  document.body.dataset.spec = spec;
  start();
}

if (CHART.test(chart)) show(new URL(`${chart}.json`, TOP).href);
else heading.textContent = "There is no such chart here";
