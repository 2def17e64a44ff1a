// Put into every page that is measured, before its own scripts: notes what cannot be asked later.
(() => {
  const seen = { shift: 0, largest: 0, largestIs: "", drawn: [], blocked: [], shifts: [] };
  Object.defineProperty(globalThis, "measured", { value: seen });
  const name = (node) =>
    node instanceof Element ? `${node.localName}.${String(node.className).split(" ")[0]}` : "";
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      seen.shift += entry.value;
      const what = entry.sources.map((one) => name(one.node)).join(" ");
      seen.shifts.push(`${entry.value.toFixed(4)} ${what}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      seen.largest = entry.startTime;
      seen.largestIs = name(entry.element);
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });
  addEventListener("securitypolicyviolation", (event) =>
    seen.blocked.push(`${event.violatedDirective} ${event.blockedURI}`),
  );
  // From the beginning: a chart may be drawn before the page is read to its end.
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target.dataset.drawn && !target.dataset.noted) {
        target.dataset.noted = "true";
        // The frame after the next one is the first that can show it.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => seen.drawn.push(performance.now())),
        );
      }
    }
  }).observe(document, { subtree: true, attributeFilter: ["data-drawn"] });
  if (!globalThis.goToChart) return;
  // A reader who wants the chart goes to it at once: as soon as there is something to see.
  const go = () => document.querySelector("figure.ea-chart")?.scrollIntoView({ block: "center" });
  new PerformanceObserver(go).observe({ type: "paint", buffered: true });
  addEventListener("DOMContentLoaded", go);
})();
