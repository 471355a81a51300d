// Writes at the head of each block of the page editor what waits on it, as a link to its rows on the board. The list
// comes from the server with the side panel (consultation/board/editor_panel.py), which has the same links without this.
(() => {
  const LONGEST_WAIT = 20000; // ms; a long text builds its blocks one after the other

  const mark = (block, { said, address }) => {
    const section = document.getElementById(`block-${block}-section`);
    const head = section?.querySelector(".w-panel__header");
    if (!head || section.querySelector(":scope > [data-waits]")) return Boolean(head);
    const link = document.createElement("a");
    link.href = address;
    link.textContent = said;
    link.dataset.waits = "";
    link.className = "button button-small button-secondary";
    link.style.marginBlock = "0.25rem";
    head.after(link); // below it: in a narrow editor the head has no room left
    return true;
  };

  const begin = () => {
    const source = document.getElementById("waiting-marks");
    if (!source) return;
    const waiting = new Map(Object.entries(JSON.parse(source.textContent)));
    const writeAll = () => {
      for (const [block, each] of waiting) if (mark(block, each)) waiting.delete(block);
      return waiting.size === 0;
    };
    if (writeAll()) return;
    const watcher = new MutationObserver(() => writeAll() && watcher.disconnect());
    watcher.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => watcher.disconnect(), LONGEST_WAIT);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
