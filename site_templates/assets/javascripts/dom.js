// Elements from data. Text is only ever set as text, so nothing that a model wrote can act.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @param {string} text @param {string} href */
export function link(text, href) {
  return href ? element("a", { href }, text) : document.createTextNode(text);
}

/** @param {string} text @param {() => void} act @param {Record<string, string>} [attributes] */
export function button(text, act, attributes = {}) {
  const made = element("button", { type: "button", class: "ea-button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** Shows characters that leave no mark, or turn what is around them. @param {string} text */
export function visible(text) {
  return text.replace(HIDDEN, (one) => `[U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
}

/**
 * A text with spans of it marked; they count code points, and may reach beyond its end.
 * @param {string} text @param {[number, number][]} spans
 */
export function marked(text, spans) {
  const points = Array.from(text);
  const code = element("code");
  let place = 0;
  for (const [from, to] of [...spans].sort((one, other) => one[0] - other[0])) {
    const [start, end] = [Math.max(from, place), Math.min(to, points.length)];
    if (start >= end) continue;
    code.append(visible(points.slice(place, start).join("")));
    code.append(element("mark", {}, visible(points.slice(start, end).join(""))));
    place = end;
  }
  code.append(visible(points.slice(place).join("")));
  return element("pre", { class: "ea-output", tabindex: "0" }, code);
}

/** @param {string} name @param {string} type @param {string} text */
export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A cell that no spreadsheet takes for a formula. @param {string | number | null} value */
export function csvCell(value) {
  const text = value === null ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
