"""A Markdown file into a draft, by way of HTML: raw HTML in it falls under the same rules as the rest. Pure."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from editions.document.model import Document
from formats.draft import Doubt, Draft, Reason, Thing, Unreadable, UnreadableFile
from formats.html.reading import read_text
from formats.html.styles import language_tag
from formats.markdown.inline import MARK
from formats.markdown.syntax import FOOTNOTE, MarkdownFile, markdown_file, parser
from formats.web.dates import moment
from formats.web.drafting import Drafting
from formats.web.languages import without_language


def read(content: bytes, name: str) -> Draft:
    """Raises UnreadableFile."""
    file = markdown_file(content)
    drafting = Drafting()
    if not file.decoded.certain:
        drafting.find(Doubt.ENCODING, file.decoded.charset)
    if file.front:
        drafting.leave_out(Reason.METADATA, file.front, "front matter")
    for reason, mark in file.marks:
        drafting.leave_out(reason, mark, "marks")
    try:
        html, attributes, notes = _html(file.text)
    except RecursionError as error:
        raise UnreadableFile(Unreadable.BROKEN) from error
    for said in attributes:
        drafting.leave_out(Reason.METADATA, said, "attributes")
    title = " ".join(file.fields.get("title", "").split())
    draft = read_text(html, drafting, whole_page=False, said=title, may_type_lists=False)
    return _with_front_matter(_without_what_was_made(draft, notes), file)


def _html(text: str) -> tuple[str, list[str], int]:
    """With the attributes that were written in it, and how many notes became a list.

    Notes that no mark leads to, or defined twice, stay in the text as they were typed.
    """
    for _ in range(3):
        environment: dict[str, Any] = {}
        html: str = parser(footnotes=True).render(text, environment)
        unmarked = {
            label[1:] for label, number in environment.get("footnotes", {}).get("refs", {}).items() if number < 0
        }
        defined: set[str] = set()

        def kept(found: re.Match[str], unmarked: set[str] = unmarked, defined: set[str] = defined) -> str:
            again = found[2] in defined
            defined.add(found[2])
            return rf"{found[1]}\[^{found[2]}]:" if again or found[2] in unmarked else found[0]

        once = FOOTNOTE.sub(kept, text)
        if once == text:
            break
        text = once
    return html, environment.get(MARK, []), len(environment.get("footnotes", {}).get("list", ()))


def _without_what_was_made(draft: Draft, notes: int) -> Draft:
    """The numbers of notes, and that each is an item of a list, were made on the way to HTML; the file has none."""
    told = Counter(dict(draft.told_things)) - Counter({Thing.LIST_ITEM: notes})
    left_out = tuple(left for left in draft.left_out if left.reason != Reason.NOTE_NUMBER)
    return replace(draft, left_out=left_out, told_things=tuple(sorted(told.items())))


def _with_front_matter(draft: Draft, file: MarkdownFile) -> Draft:
    said = file.fields
    language = language_tag(said.get("lang", "") or said.get("language", "")) or draft.language
    document: Document = replace(
        draft.document,
        subtitle=" ".join(said.get("subtitle", "").split()) or draft.document.subtitle,
        language=language,
    )
    draft = replace(
        draft, document=document, language=language, author=said.get("author", "") or draft.author,
        written_at=moment(said.get("date", "")) or draft.written_at,
    )  # fmt: skip
    return without_language(draft, language) if language else draft
