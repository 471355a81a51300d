// A paragraph number is a link to itself. With script, pressing it also puts the paragraph's full address on the
// clipboard, and says so to everybody. A citation gets a button that does the same.

const script = document.querySelector("script[data-copied]");
const spoken = document.createElement("p");
spoken.className = "copied";
spoken.setAttribute("role", "status");
document.body.append(spoken);

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    spoken.textContent = `${script?.dataset.copied ?? ""} ${text}`;
    spoken.classList.add("copied-shown");
    setTimeout(() => spoken.classList.remove("copied-shown"), 4000);
  } catch {
    // Without permission to the clipboard a link still works as a link, and words can be marked by hand.
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.passage-number");
  if (!link || !navigator.clipboard) return;
  const lasting = document.querySelector('link[rel="cite-as"]')?.href ?? location.href.split("#")[0];
  copy(lasting + link.hash);
});

if (navigator.clipboard && script) {
  for (const citation of document.querySelectorAll("[data-copy]")) {
    const words = citation.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet copy";
    button.lang = document.documentElement.lang;
    button.textContent = script.dataset.copyWords;
    button.addEventListener("click", () => copy(words));
    citation.append(" ", button);
  }
}
