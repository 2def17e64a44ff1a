// An older edition leads to the same view of a page in the latest: what was chosen on it, which stands
// in its address, and the place on it go along.

const link = /** @type {HTMLAnchorElement} */ (document.querySelector("#ea-latest"));
link.onclick = link.onauxclick = () => {
  link.search = location.search;
  link.hash = location.hash;
};

export {};
