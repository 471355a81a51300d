// What is pasted into a rich text is read on the server, by the reader of foreign files (bpf_pages/importing/paste.py).
// Until it answers nothing changes; where it does not answer, the plain text goes in. A paste is never lost.
(() => {
  const { EditorState, Modifier, ContentState, convertFromRaw } = window.DraftJS;
  const LONGEST_WAIT = 15000; // ms

  const insert = (editor, blocks) => {
    const state = editor.getEditorState();
    const content = Modifier.replaceWithFragment(state.getCurrentContent(), state.getSelection(), blocks.getBlockMap());
    editor.setEditorState(EditorState.push(state, content, "insert-fragment"));
  };

  const insertPlain = (editor, text) => insert(editor, ContentState.createFromText(text));

  const say = (text) => {
    if (text) document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { text, type: "warning" } }));
  };

  // The stream block that the text stands in, and its place there; null where the text is part of another block.
  const placeOf = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const { rootBlock } = node;
      if (rootBlock && rootBlock.children && rootBlock.insert) {
        const index = rootBlock.children.findIndex((child) => child.element && child.element.contains(element));
        return index >= 0 && rootBlock.children[index].type === "text" ? { stream: rootBlock, index } : null;
      }
    }
    return null;
  };

  // Pictures are not taken over by a paste, and may be larger than all else.
  const withoutPictures = (html) => html.replace(/(["'])data:image\/[^"']*\1/gi, '""');

  const isAtEnd = (state) => {
    const last = state.getCurrentContent().getLastBlock();
    const selection = state.getSelection();
    return selection.getEndKey() === last.getKey() && selection.getEndOffset() === last.getLength();
  };

  const ask = async (address, html, text, inline, place, inside) => {
    const form = new URLSearchParams({ html: withoutPictures(html || ""), text: text || "" });
    if (inline) form.set("inline", "1");
    if (!place) form.set("whole", "1");
    if (inside) form.set("inside", "1");
    const answer = await fetch(address, {
      method: "POST",
      body: form,
      headers: { "X-CSRFToken": window.wagtailConfig.CSRF_TOKEN, Accept: "application/json" },
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
    return answer.json();
  };

  // The paste before, so that two of them stand in the order in which they were made.
  let last = Promise.resolve();

  const onPaste = (text, html, editorState, editor, entityType) => {
    const own = html && html.includes("data-draftjs-conductor-fragment");
    if (own || (!html && !/\n/.test(text || ""))) return "not-handled";
    const place = placeOf(document.activeElement);
    last = last
      .then(() => ask(entityType.address, html, text, entityType.inline, place, !isAtEnd(editor.getEditorState())))
      .then((cleaned) => {
        say(cleaned.said);
        if (!cleaned.content && !(cleaned.blocks || []).length) throw new Error("nothing was read");
        if (cleaned.content) insert(editor, convertFromRaw(JSON.parse(cleaned.content)));
        cleaned.blocks.forEach((block, step) => {
          place.stream.insert({ ...block, id: crypto.randomUUID() }, place.index + 1 + step, { animate: false });
        });
      })
      .catch(() => insertPlain(editor, text || new DOMParser().parseFromString(html, "text/html").body.textContent));
    return "handled";
  };

  window.draftail.registerPlugin({ type: "CLEANED-PASTE", onPaste }, "entityTypes");
})();
