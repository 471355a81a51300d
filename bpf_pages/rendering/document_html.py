"""A neutral document drawn as HTML. The one place where the text of a document meets markup: everything that comes
from a person goes through `escape` or `format_html` here, and nothing else in this project marks such text as safe.

The walk is that of `editions.document.passages`, so that every anchor on the page is that of the passage in the
database.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from django.core.files.storage import default_storage
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpf_pages.conversion.rich_text import safe_address
from bpf_pages.rendering import labels
from editions.document.model import (
    Block,
    Detail,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Run,
    Runs,
    Section,
    Table,
    direction_of,
)
from editions.document.passages import Passage, passages, plain

TAGS = {
    Mark.STRONG: "strong",
    Mark.EMPHASIS: "em",
    Mark.CODE: "code",
    Mark.SUPERSCRIPT: "sup",
    Mark.SUBSCRIPT: "sub",
    Mark.DELETED: "s",
}


class Comments(Protocol):
    """What the page of an edition knows of its public comments (consultation.comments.public_comments.Reading).

    address: of the list of comments. counts: how many stand at each anchor. open_period: not None while everybody may
    comment.
    """

    @property
    def address(self) -> str: ...
    @property
    def counts(self) -> Mapping[str, int]: ...
    @property
    def open_period(self) -> Any: ...
    def comment_address(self, anchor: str) -> str: ...


def drawn(document: Document, comments: Comments | None = None) -> SafeString:
    """The body and the footnotes of a document. Headings begin at h2: the title is the page's h1.

    comments: where given, each passage shows how many there are, and while comment is open a link to write one.
    """
    drawing = _Drawing(document, comments)
    return _joined([*drawing.blocks(document.blocks), drawing.notes()])


def drawn_runs(runs: Runs) -> SafeString:
    """Runs alone, for a place without footnotes."""
    return _joined(_run(run) for run in runs if not run.note)


class _Drawing:
    """One pass over a document. `_passages` gives, in the order of the walk, the passage that is drawn next."""

    def __init__(self, document: Document, comments: Comments | None) -> None:
        self.document = document
        self.comments = comments
        self._passages = passages(document)
        self._marks = {note.key: number for number, note in enumerate(document.notes, 1)}
        found = {passage.key: passage.anchor for passage in passages(document)}
        self._note_anchors = {note.key: found[note.key] for note in document.notes}
        self._marked_in: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._names: Counter[str] = Counter()

    def blocks(self, blocks: Iterable[Block]) -> Iterator[SafeString]:
        for block in blocks:
            yield self.block(block)

    def block(self, block: Block) -> SafeString:
        match block:
            case Heading():
                return self.heading(block.runs)
            case Paragraph():
                return self.paragraph(block)
            case ListBlock():
                return _list(block.ordered, self.items(block.items))
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case Quote():
                return self.quote(block)
            case Section():
                return self.section(block)

    def heading(self, runs: Runs) -> SafeString:
        passage = next(self._passages)
        tag = f"h{passage.level + 1}"
        link = format_html('<a class="heading-link" href="#{}">{}</a>', passage.anchor, _("Link to this heading"))
        text = self.runs(runs, passage)
        return format_html('<{0} id="{1}"{2}>{3} {4}</{0}>', mark_safe(tag), passage.anchor, _lang(runs), text, link)

    def paragraph(self, block: Paragraph) -> SafeString:
        passage = next(self._passages)
        text = format_html("<p{}>{}</p>", _lang(block.runs), self.runs(block.runs, passage))
        return self.passage(passage, text)

    def items(self, items: Iterable[Item]) -> Iterator[SafeString]:
        for item in items:
            passage = next(self._passages)
            text = format_html("<span{}>{}</span>", _lang(item.runs), self.runs(item.runs, passage))
            nested = _list(item.ordered, self.items(item.items)) if item.items else ""
            yield format_html(
                '<li class="passage" id="{}">{}{}{}{}</li>',
                passage.anchor, _number(passage), text, self.remarks(passage), nested,
            )  # fmt: skip

    def quote(self, block: Quote) -> SafeString:
        passage = next(self._passages)
        text = format_html("<blockquote{}><p>{}</p></blockquote>", _lang(block.runs), self.runs(block.runs, passage))
        if plain(block.attribution):
            text = format_html("<figure>{}<figcaption>{}</figcaption></figure>", text, drawn_runs(block.attribution))
        return self.passage(passage, text)

    def figure(self, block: Figure) -> SafeString:
        passage = next(self._passages)
        image = format_html(
            '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
            default_storage.url(block.source) if block.source else "", block.alt, block.width, block.height,
        )  # fmt: skip
        caption = self.runs(block.caption, passage)
        if caption:
            caption = format_html("<figcaption{}>{}</figcaption>", _lang(block.caption), caption)
        return self.passage(passage, format_html("<figure>{}{}</figure>", image, caption))

    def table(self, block: Table) -> SafeString:
        """The first column holds the numbers of the rows, so that a row can be cited like a paragraph."""
        caption = SafeString("")
        anchor = SafeString("")
        if plain(block.caption):
            passage = next(self._passages)
            anchor = format_html(' id="{}"', passage.anchor)
            text = self.runs(block.caption, passage)
            caption = format_html("<caption{}>{}{}</caption>", _lang(block.caption), _number(passage), text)
        rows = [self.row(block, place, row.cells) for place, row in enumerate(block.rows)]
        head, body = _joined(rows[: block.header_rows]), _joined(rows[block.header_rows :])
        head = format_html("<thead>{}</thead>", head) if head else head
        label = self.name(_("Table"), plain(block.caption))
        return format_html(
            '<div class="scroll" role="region" aria-label="{}" tabindex="0">'
            '<table class="numbered"{}>{}{}<tbody>{}</tbody></table></div>',
            label, anchor, caption, head, body,
        )  # fmt: skip

    def row(self, table: Table, place: int, cells: tuple[Runs, ...]) -> SafeString:
        passage = next(self._passages)
        drawn_cells = []
        for column, runs in enumerate(cells):
            text = self.runs(runs, passage)
            if place < table.header_rows:
                drawn_cells.append(format_html('<th scope="col"{}>{}</th>', _lang(runs), text))
            elif table.header_column and column == 0:
                drawn_cells.append(format_html('<th scope="row"{}>{}</th>', _lang(runs), text))
            else:
                drawn_cells.append(format_html("<td{}>{}</td>", _lang(runs), text))
        number = format_html('<td class="row-number">{}{}</td>', _number(passage), self.remarks(passage))
        return format_html('<tr id="{}">{}{}</tr>', passage.anchor, number, _joined(drawn_cells))

    def section(self, block: Section) -> SafeString:
        self._counts[block.kind] += 1
        label = str(labels.SECTIONS[block.kind])
        if block.kind in labels.NUMBERED:
            label = f"{label} {self._counts[block.kind]}"
        title = self.heading(block.title) if plain(block.title) else SafeString("")
        details = self.details(block.details)
        body = _joined(self.blocks(block.blocks))
        return format_html(
            '<section class="typed typed-{}" aria-label="{}"><p class="typed-label">{}</p>{}{}{}</section>',
            block.kind.value, self.name(label, plain(block.title)), label, title, details, body,
        )  # fmt: skip

    def name(self, label: str, title: str) -> str:
        """What a landmark is called in a screen reader's list: two of one name could not be told apart."""
        name = f"{label}: {title}" if title else label
        self._names[name] += 1
        return name if self._names[name] == 1 else f"{name} ({self._names[name]})"

    def details(self, details: tuple[Detail, ...]) -> SafeString:
        rows = []
        for detail in details:
            passage = next(self._passages)
            name = labels.DETAILS.get(detail.name, detail.name)
            text = self.runs(detail.runs, passage)
            rows.append((name, passage.anchor, _lang(detail.runs), _number(passage), text, self.remarks(passage)))
        if not rows:
            return SafeString("")
        row = '<div><dt>{}</dt><dd class="passage" id="{}"{}>{}{}{}</dd></div>'
        return format_html('<dl class="details">{}</dl>', format_html_join("", row, rows))

    def notes(self) -> SafeString:
        if not self.document.notes:
            return SafeString("")
        items = []
        for note in self.document.notes:
            passage = next(self._passages)
            back = ""
            if mark := self._marked_in.get(note.key):
                back = format_html(' <a class="note-back" href="#{}">{}</a>', mark, _("Back to the text"))
            text = format_html("<span{}>{}</span>", _lang(note.runs), self.runs(note.runs, passage))
            row = '<li class="passage" id="{}">{}{}{}{}</li>'
            items.append(format_html(row, passage.anchor, _number(passage), text, back, self.remarks(passage)))
        start = '<section class="notes" aria-labelledby="notes"><h2 id="notes">{}</h2><ol>{}</ol></section>'
        return format_html(start, _("Notes"), _joined(items))

    def passage(self, passage: Passage, content: SafeString) -> SafeString:
        row = '<div class="passage" id="{}">{}{}{}</div>'
        return format_html(row, passage.anchor, _number(passage), content, self.remarks(passage))

    def remarks(self, passage: Passage) -> SafeString:
        """The comments at a passage: how many there are, and a way to write one while comment is open."""
        if self.comments is None or not passage.number:
            return SafeString("")
        parts = []
        if count := self.comments.counts.get(passage.anchor, 0):
            words = ngettext("%d comment", "%d comments", count) % count
            parts.append((f"{self.comments.address}?on={passage.anchor}", words, passage.number))
        if self.comments.open_period is not None and (address := self.comments.comment_address(passage.anchor)):
            parts.append((address, _("Comment"), passage.number))
        if not parts:
            return SafeString("")
        hidden = _("on paragraph")
        link = '<a href="{}">{}<span class="visually-hidden"> {} {}</span></a>'
        links = _joined(format_html(link, address, words, hidden, number) for address, words, number in parts)
        return format_html('<span class="remarks">{}</span>', links)

    def runs(self, runs: Runs, passage: Passage) -> SafeString:
        return _joined(self.mark(run, passage) if run.note else _run(run) for run in runs)

    def mark(self, run: Run, passage: Passage) -> SafeString:
        number = self._marks.get(run.note)
        if number is None:
            return SafeString("")  # a draft may hold a mark without a note; freezing refuses it
        self._marked_in.setdefault(run.note, passage.anchor)
        return format_html(
            '<sup class="note-mark"><a href="#{}"><span class="visually-hidden">{} </span>{}</a></sup>',
            self._note_anchors[run.note], _("Note"), number,
        )  # fmt: skip


def _run(run: Run) -> SafeString:
    text = _joined("<br>" if part == "\n" else escape(part) for part in _with_breaks(run.text))
    for mark in sorted(run.marks):
        text = format_html("<{0}>{1}</{0}>", mark_safe(TAGS[mark]), text)
    if address := safe_address(run.href):
        text = format_html('<a href="{}">{}</a>', address, text)
    if run.language:
        text = format_html('<span lang="{}" dir="{}">{}</span>', run.language, direction_of(run.language), text)
    return text


def _with_breaks(text: str) -> Iterator[str]:
    for place, line in enumerate(text.split("\n")):
        if place:
            yield "\n"
        yield line


def _lang(runs: Runs) -> SafeString:
    """The direction of a block whose text is all in one other language; its runs name the language themselves."""
    languages = {run.language for run in runs if run.text.strip()}
    language = languages.pop() if len(languages) == 1 else ""
    return format_html(' lang="{}" dir="{}"', language, direction_of(language)) if language else SafeString("")


def _number(passage: Passage) -> SafeString:
    """The visible number of a passage, which is also the link to it."""
    return format_html(
        '<a class="passage-number" href="#{}"><span class="visually-hidden">{} </span>{}</a>',
        passage.anchor, _("Paragraph"), passage.number,
    )  # fmt: skip


def _list(ordered: bool, items: Iterable[SafeString]) -> SafeString:
    tag = SafeString("ol" if ordered else "ul")
    return format_html("<{0}>{1}</{0}>", tag, _joined(items))


def _joined(parts: Iterable[str]) -> SafeString:
    """Parts that were each escaped or built by format_html in this module, put together."""
    return mark_safe("".join(parts))
