// @ts-check
/**
 * Loads the page anew when the site was built again. `erroratlas serve` puts this into the pages
 * that it shows on this machine; no published page has it.
 */
const seen = new URL(import.meta.url).searchParams.get("seen");

setInterval(async () => {
  if (document.hidden) return;
  // Nobody answers while the command is not running.
  const answer = await fetch(new URL("built", import.meta.url)).catch(() => null);
  if (answer?.ok && (await answer.text()) !== seen) location.reload();
}, 1000);
