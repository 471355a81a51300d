"""What a page says and shows in Chromium: text, languages, directions, where letters stand, pictures as drawn."""

from typing import Any

READ = """
() => {
  const own = '.passage-number, .remarks, .note-mark, .heading-link, .note-back, .story, .row-number, ' +
    '.visually-hidden, .caption-number';
  const read = (root, skip) => {
    const pieces = [], lines = [[]], directions = [];
    let last = null;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      if (node !== root && node.matches(`${own}, ${skip}`)) return NodeFilter.FILTER_REJECT;
      return node.tagName === 'BR' ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
    });
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const around = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      const language = around.closest('[lang]').lang;
      if (node.tagName === 'BR') {
        pieces.push([language, '\\n']);
        continue;
      }
      pieces.push([language, node.data]);
      if (node.data.trim() && !around.closest('bdi, code')) {
        directions.push([language, node.data.trim(), getComputedStyle(around).direction]);
      }
      const range = document.createRange();
      let at = 0;
      for (const letter of node.data) {
        range.setStart(node, at);
        at += letter.length;
        range.setEnd(node, at);
        const box = range.getBoundingClientRect();
        if (!box.height || (!box.width && !letter.trim())) continue;
        const middle = box.top + box.height / 2;
        if (last !== null && Math.abs(middle - last) > 12) lines.push([]);
        last = middle;
        lines.at(-1).push([letter, box.left]);
      }
    }
    return {pieces, lines, directions};
  };
  const text = document.querySelector('.neutral'), found = {};
  for (const element of text.querySelectorAll('[id^=p], [id^=h]')) {
    if (!/^[ph]\\d+$/.test(element.id)) continue;
    const cells = element.tagName === 'TR' ? [...element.querySelectorAll('td, th')].slice(1) : [element];
    const quote = element.querySelector('blockquote');
    const besides = element.tagName === 'LI' ? 'ul, ol' : quote ? 'figcaption' : 'img';
    found[element.id] = cells.map((cell) => read(cell, besides));
    const by = element.querySelector('figure:has(blockquote) figcaption');
    if (by) found[`${element.id}-by`] = [read(by, 'img')];
  }
  const pictures = [...text.querySelectorAll('img')].map((image) => {
    const box = image.getBoundingClientRect(), canvas = document.createElement('canvas');
    canvas.width = canvas.height = 40;
    const paper = canvas.getContext('2d');
    paper.fillStyle = 'white';
    paper.fillRect(0, 0, 40, 40);
    paper.drawImage(image, 0, 0, 40, 40);
    const at = (x, y) => [...paper.getImageData(x, y, 1, 1).data].slice(0, 3);
    const colours = [at(10, 10), at(30, 10), at(10, 30), at(30, 30)];
    return {width: box.width, height: box.height, alt: image.alt, colours};
  });
  const cited = document.querySelector('#cite .citation');
  return {found, pictures, cited: {...read(cited, 'img'), language: cited.closest('[lang]').lang}};
}
"""

ORIGIN = "http://library.example"


def browsed(page: Any, html: str, files: dict[str, bytes]) -> dict[str, Any]:
    """files: by path; whatever else the page asks for is not there. Nothing leaves the machine."""

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif path in files:
            route.fulfill(body=files[path], content_type="text/css" if path.endswith(".css") else None)
        else:
            route.abort()

    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/", wait_until="commit")
    page.wait_for_load_state("domcontentloaded")
    page.evaluate(
        "() => Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode(); }))"
    )
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found: dict[str, Any] = page.evaluate(READ)
    page.unroute("**/*")
    return found
