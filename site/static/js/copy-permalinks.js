// A paragraph number is a link to itself. With script, pressing it also puts the paragraph's full address on the
// clipboard, and says so to everybody. A citation gets a button that does the same, and says so itself.

const SAID_MS = 4000;
const script = document.querySelector("script[data-copied]");
const spoken = document.createElement("p");
spoken.className = "copied";
spoken.setAttribute("role", "status");
document.body.append(spoken);

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return false; // without permission a link still works as a link
  }
  spoken.textContent = `${script?.dataset.copied ?? ""} ${text}`;
  spoken.classList.add("copied-shown");
  setTimeout(() => spoken.classList.remove("copied-shown"), SAID_MS);
  return true;
}

async function copyCitation(button, words) {
  if (await copy(words.textContent.trim())) {
    button.textContent = script.dataset.copiedWords;
    setTimeout(() => { button.textContent = script.dataset.copyWords; }, SAID_MS);
  } else {
    getSelection().selectAllChildren(words); // marked, and ready for the keys of the reader's own system
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.passage-number");
  if (!link || !navigator.clipboard) return;
  const lasting = script?.dataset.address ?? location.href.split("#")[0];
  copy(lasting + link.hash);
});

if (navigator.clipboard && script) {
  for (const citation of document.querySelectorAll("[data-copy]")) {
    const words = citation.firstElementChild;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet copy";
    button.lang = document.documentElement.lang;
    button.textContent = script.dataset.copyWords;
    button.addEventListener("click", () => copyCitation(button, words));
    citation.append(" ", button);
  }
}
