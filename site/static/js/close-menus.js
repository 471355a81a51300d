// Fold-out menus work by themselves (details/summary). This only closes them as people expect:
// by Escape, giving the focus back to the summary, and by a click elsewhere.

const menus = [...document.querySelectorAll("details.menu")];

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = menus.find((menu) => menu.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const menu of menus) {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  }
});
