// Elements from data. Text is only ever set as text, so nothing that a model wrote can act.

/** @typedef {(Node | string | boolean | undefined)[] | Node | string | boolean | undefined} Content */

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

/** @param {string} text @param {string} [href] */
export function link(text, href) {
  return href ? element("a", { href }, text) : document.createTextNode(text);
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/**
 * A copy of the first element of a template. What is in `parts` goes into the elements that name it
 * in `data-part` (into the last element of each, if it has any); those that get nothing are left out.
 * @param {string} id @param {Record<string, Content>} [parts]
 */
export function copyOf(id, parts = {}) {
  const template = /** @type {HTMLTemplateElement} */ (byId(id));
  const made = /** @type {HTMLElement} */ (template.content.children[0].cloneNode(true));
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (made.querySelectorAll("[data-part]"))) {
    const content = [parts[part.dataset.part ?? ""]].flat().filter(Boolean);
    if (!content.length) part.remove();
    for (const one of content) if (one !== true) (part.lastElementChild ?? part).append(/** @type {Node} */ (one));
  }
  return made;
}
