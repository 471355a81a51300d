"""What is read from a whole page before its parts: footnotes, the title, the levels of headings. Pure."""

import re

from bs4 import BeautifulSoup, Tag

from bpf_pages.conversion.rich_text import HEADINGS
from bpf_pages.importing.inline_html import Notes, inline_html, is_said

DEEPEST_HEADING = 6
_BACK_ARROWS = re.compile(r"[\s↑↩︎^]*")


def footnotes(soup: BeautifulSoup) -> Notes:
    """By id() of the element that marks it: the note. A note is a place that a mark links to and that links back.

    The notes' own places are taken out of the soup. Word, pandoc, Markdown and common editors all write them so.
    """
    places = {str(tag["id"]): tag for tag in soup.find_all(id=True)}
    order = {id(tag): place for place, tag in enumerate(soup.find_all(True))}
    found: Notes = {}
    taken: list[Tag] = []
    for mark in soup.find_all("a", href=re.compile("^#.")):
        note = places.get(str(mark["href"])[1:])
        if mark.parent is None:  # the way back of a note already found
            continue
        names = {str(name) for tag in (mark, mark.parent) if (name := tag.get("id"))}
        if note is None or not names or order[id(mark)] > order[id(note)] or note.find(True, id=sorted(names)):
            continue
        back = [link for link in note.find_all("a", href=True) if link["href"][1:] in names]
        if not back or any(note is other for other in taken):
            continue
        for link in back:
            if _BACK_ARROWS.fullmatch(link.get_text()):
                link.extract()
            else:
                link.unwrap()
        holder = mark.parent if mark.parent.name == "sup" and mark.parent.get_text() == mark.get_text() else mark
        found[id(holder)] = " ".join(filter(None, (inline_html(part, {}) for part in _paragraphs(note))))
        taken.append(note)
    for note in taken:
        around = note.parent
        note.extract()
        if around is not None and not around.get_text().strip() and around.name in ("ol", "ul", "section", "div"):
            around.extract()
    return found


def _paragraphs(note: Tag) -> list[Tag]:
    return note.find_all("p") or [note]


def title_of(soup: BeautifulSoup) -> str:
    headings = soup.find_all(list(HEADINGS))
    if not headings:
        return ""
    first = headings[0]
    before = "".join(str(text) for text in first.find_all_previous(string=True) if is_said(text))
    alone = sum(heading.name == first.name for heading in headings) == 1
    if not alone or before.strip() or first.find_parent(["table", "li"]):
        return ""
    first.extract()
    return " ".join(first.get_text().split())


def heading_levels(soup: BeautifulSoup) -> dict[str, str]:
    """The heading levels in use, the highest as h2 and no level left out."""
    used = sorted({heading.name for heading in soup.find_all(list(HEADINGS))})
    return {name: f"h{min(place, DEEPEST_HEADING)}" for place, name in enumerate(used, 2)}
