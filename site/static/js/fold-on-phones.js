// Long lists before the text stand folded on a phone. Without this script they stay open.
if (matchMedia("(width < 48rem)").matches) {
  for (const part of document.querySelectorAll("details[data-fold-on-phones]")) part.open = false;
}
