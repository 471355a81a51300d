// Keys of the board of one document: n and p walk its rows, a accepts, r answers, s skips to what waits. Each only
// presses or focuses what stands in the row, so that nothing needs them; they work while a row has the focus, and never
// while somebody types.

const rows = () => [...document.querySelectorAll(".board-row")];

function go(row) {
  if (row) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "start", behavior: "instant" });
  }
}

function current() {
  return document.activeElement?.closest(".board-row");
}

const KEYS = {
  n: (row, all, at) => go(all[at + 1]),
  p: (row, all, at) => go(all[at - 1]),
  s: (row, all, at) => go(all.slice(at + 1).find((each) => each.dataset.waits !== undefined)),
  a: (row) => row.querySelector('[data-board="accept"]')?.click(),
  r: (row) => row.querySelector('[data-board="answer"]')?.focus(),
};

document.addEventListener("keydown", (event) => {
  const row = current();
  const types = event.target.closest("input, select, textarea, [contenteditable]");
  if (!row || types || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !KEYS[event.key]) return;
  event.preventDefault();
  const all = rows();
  KEYS[event.key](row, all, all.indexOf(row));
});

// "Choose all" without a new page: the answer that is being written stays.
document.querySelector('[data-board="choose"]')?.addEventListener("click", (event) => {
  event.preventDefault();
  for (const box of document.querySelectorAll('input[form="board-bulk"]')) box.checked = true;
});

// Where an address or the button before led: the row, or what was not taken.
const place = document.querySelector("#problem") ?? document.getElementById(location.hash.slice(1));
go(place?.closest(".board-row") && place.matches(".board-row") ? place : null);
if (place && !place.matches(".board-row")) place.focus();
