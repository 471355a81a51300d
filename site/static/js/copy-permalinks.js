// A paragraph number is a link to itself. With script, pressing it also puts the paragraph's full address on the
// clipboard, and says so to everybody.

const spoken = document.createElement("p");
spoken.className = "copied";
spoken.setAttribute("role", "status");
document.body.append(spoken);
const words = document.querySelector("script[data-copied]")?.dataset.copied ?? "";

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.passage-number");
  if (!link || !navigator.clipboard) return;
  const lasting = document.querySelector('link[rel="cite-as"]')?.href ?? location.href.split("#")[0];
  try {
    await navigator.clipboard.writeText(lasting + link.hash);
    spoken.textContent = `${words} ${lasting}${link.hash}`;
    spoken.classList.add("copied-shown");
    setTimeout(() => spoken.classList.remove("copied-shown"), 4000);
  } catch {
    // Without permission to the clipboard the link still works as a link.
  }
});
