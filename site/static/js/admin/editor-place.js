// Puts the paragraph in which the person works into the form by which Wagtail's editor polls (workflow/editor/presence.py).
(() => {
  const placeOf = (element) => {
    const section = element.closest('[id^="block-"][id$="-section"]');
    if (!section) return "";
    const block = section.id.slice("block-".length, -"-section".length);
    const caret = document.getSelection()?.anchorNode;
    const near = caret && section.contains(caret) ? caret : element;
    const line = (near.nodeType === Node.ELEMENT_NODE ? near : near.parentElement)?.closest("[data-offset-key]");
    return line ? `${block}.${line.dataset.offsetKey.split("-")[0]}` : block;
  };

  const note = (event) => {
    const form = document.querySelector("form.w-editing-sessions");
    if (!form || form.contains(event.target)) return;
    let field = form.querySelector('input[name="place"]');
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "place";
      form.append(field);
    }
    field.value = placeOf(event.target);
  };

  for (const kind of ["focusin", "keyup", "click"]) document.addEventListener(kind, note);
})();
