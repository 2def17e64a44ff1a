/* What the theme leaves unsaid: its search is a dialog, and a dialog has a name. */

document.querySelector('[data-md-component="search"]')?.setAttribute("aria-label", "Search");
