"""A neutral document drawn as HTML. The one place where the text of a document meets markup: everything that comes
from a person goes through `escape` or `format_html` here, and nothing else in this project marks such text as safe.

The walk is that of `editions.document.passages`, so that every anchor on the page is that of the passage in the
database.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from django.core.files.storage import default_storage
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpf_pages.conversion.rich_text import safe_address
from bpf_pages.rendering import labels
from core.languages.direction import direction_of, stretches
from core.rendering.html import format_html
from editions.document.caption_numbers import Captioned, caption_numbers
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
)
from editions.document.passages import Passage, passages, plain
from editions.document.phrases import phrases

TAGS = {
    Mark.STRONG: "strong",
    Mark.EMPHASIS: "em",
    Mark.CODE: 'code dir="ltr"',
    Mark.SUPERSCRIPT: "sup",
    Mark.SUBSCRIPT: "sub",
    Mark.DELETED: "s",
}


WHOLE, GONE = "document", "gone"
"""Stand for an anchor: comments on the whole document, and comments whose passage is in this edition no more."""


class Comments(Protocol):
    """What the page of an edition knows of its public comments (consultation.comments.public_comments.Reading).

    open_period: not None while everybody may comment. story: what became of a passage and of the comments on it, as
    HTML, "" where there is nothing to tell.
    """

    @property
    def open_period(self) -> Any: ...
    def comment_address(self, anchor: str) -> str: ...
    def story(self, anchor: str, number: int = 0, *, named: bool = False) -> SafeString: ...


def drawn(document: Document, comments: Comments | None = None) -> SafeString:
    """The body and the footnotes of a document. Headings begin at h2: the title is the page's h1.

    comments: where given, each passage tells its story, and while comment is open has a link to write one. What was
    said of the whole stands before the text, what was said of passages that are here no more after it, as on the board.
    """
    drawing = Drawing(document, comments)
    before, after = ([comments.story(anchor)] if comments else [] for anchor in (WHOLE, GONE))
    return joined([*before, *drawing.blocks(document.blocks), drawing.notes(), *after])


def drawn_runs(runs: Runs, language: str) -> SafeString:
    """Runs alone, for a place without footnotes. language: of the text they stand in."""
    return _phrases(tuple(run for run in runs if not run.note), language, lambda run: SafeString(""))


class Drawing:
    """One pass over a document. `_passages` gives, in the order of the walk, the passage that is drawn next."""

    def __init__(self, document: Document, comments: Comments | None) -> None:
        self.document = document
        self.comments = comments
        walk = list(passages(document))
        self._passages = iter(walk)
        self._marks = {note.key: number for number, note in enumerate(document.notes, 1)}
        found = {passage.key: passage.anchor for passage in walk}
        self._note_anchors = {note.key: found[note.key] for note in document.notes}
        self._marked_in: dict[str, str] = {}
        self._caption_numbers = caption_numbers(document)
        self._counts: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._own: dict[str, SafeString] = {}
        self._paragraph = _("Paragraph")  # said before every number
        self.own = self.own_beside(())

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
        row = '<a class="heading-link" href="#{}"{}>{}</a>'
        link = format_html(row, passage.anchor, self.own_beside(runs), _("Link to this heading"))
        text = self.runs(runs, passage)
        row = '<{0} id="{1}"{2}>{3} {4}</{0}>{5}'
        return format_html(row, mark_safe(tag), passage.anchor, _lang(runs), text, link, self.story(passage))

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
                passage.anchor, self.number(passage), text, self.remarks(passage), nested,
            )  # fmt: skip

    def quote(self, block: Quote) -> SafeString:
        passage = next(self._passages)
        text = format_html("<blockquote{}><p>{}</p></blockquote>", _lang(block.runs), self.runs(block.runs, passage))
        if plain(block.attribution):
            by = self.runs(tuple(run for run in block.attribution if not run.note), passage)
            text = format_html("<figure>{}<figcaption>{}</figcaption></figure>", text, by)
        return self.passage(passage, text)

    def figure(self, block: Figure) -> SafeString:
        passage = next(self._passages)
        image = format_html(
            '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
            default_storage.url(block.source) if block.source else "", block.alt, block.width, block.height,
        )  # fmt: skip
        caption = self.runs(block.caption, passage)
        if caption:
            label = self.caption_label(block.key, block.caption)
            caption = format_html("<figcaption{}>{}{}</figcaption>", _lang(block.caption), label, caption)
        return self.passage(passage, format_html("<figure>{}{}</figure>", image, caption))

    def table(self, block: Table) -> SafeString:
        """The first column holds the numbers of the rows, so that a row can be cited like a paragraph.

        The caption stands before what scrolls: inside, a right-to-left reader would see its end alone. The stories of
        the rows follow the table, each with the number of its row: no cell has room for them.
        """
        caption = SafeString("")
        anchor = SafeString("")
        stories = []
        if plain(block.caption):
            passage = next(self._passages)
            stories.append(self.story(passage, named=True))
            anchor = format_html(' aria-labelledby="{}"', passage.anchor)
            text = self.runs(block.caption, passage)
            row = '<p class="table-caption" id="{}"{}>{}{}{}</p>'
            number = self.number(passage, block.caption)
            label = self.caption_label(block.key, block.caption)
            caption = format_html(row, passage.anchor, _lang(block.caption), number, label, text)
        rows = [self.row(block, place, row.cells, stories) for place, row in enumerate(block.rows)]
        head, body = joined(rows[: block.header_rows]), joined(rows[block.header_rows :])
        head = format_html("<thead>{}</thead>", head) if head else head
        name = self.name(_("Table"), plain(block.caption))
        return format_html(
            '{}<div class="scroll" role="region" aria-label="{}" tabindex="0">'
            '<table class="numbered"{}>{}<tbody>{}</tbody></table></div>{}',
            caption, name, anchor, head, body, joined(stories),
        )  # fmt: skip

    def caption_label(self, key: str, caption: Runs) -> SafeString:
        """What stands before the caption of a figure or a table, the same in every form of the edition."""
        found = self._caption_numbers.get(key)
        if found is None:
            return SafeString("")
        words = _("Figure %(number)s.") if found.kind == Captioned.FIGURE else _("Table %(number)s.")
        row = '<b class="caption-number"{}>{}</b> '
        return format_html(row, self.own_beside(caption), words % {"number": found.number})

    def row(self, table: Table, place: int, cells: tuple[Runs, ...], stories: list[SafeString]) -> SafeString:
        passage = next(self._passages)
        stories.append(self.story(passage, named=True))
        drawn_cells = []
        for column, runs in enumerate(cells):
            text = self.runs(runs, passage)
            if place < table.header_rows:
                drawn_cells.append(format_html('<th scope="col"{}>{}</th>', _lang(runs), text))
            elif table.header_column and column == 0:
                drawn_cells.append(format_html('<th scope="row"{}>{}</th>', _lang(runs), text))
            else:
                drawn_cells.append(format_html("<td{}>{}</td>", _lang(runs), text))
        number = format_html('<td class="row-number">{}{}</td>', self.number(passage), self.way_to_comment(passage))
        return format_html('<tr id="{}">{}{}</tr>', passage.anchor, number, joined(drawn_cells))

    def section(self, block: Section) -> SafeString:
        label = str(labels.SECTIONS[block.kind])
        place = self.place_among_its_kind(block)
        if block.kind in labels.NUMBERED:
            label = f"{label} {place}"
        title = self.heading(block.title) if plain(block.title) else SafeString("")
        details = self.details(block.details)
        body = joined(self.blocks(block.blocks))
        return format_html(
            '<section class="typed typed-{}" aria-label="{}"><p class="typed-label"{}>{}</p>{}{}{}</section>',
            block.kind.value, self.name(label, plain(block.title)), self.own, label, title, details, body,
        )  # fmt: skip

    def place_among_its_kind(self, block: Section) -> int:
        self._counts[block.kind] += 1
        return self._counts[block.kind]

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
            rows.append(
                (self.own, name, passage.anchor, _lang(detail.runs), self.number(passage, detail.runs), text,
                 self.remarks(passage))
            )  # fmt: skip
        if not rows:
            return SafeString("")
        row = '<div><dt{}>{}</dt><dd class="passage" id="{}"{}>{}{}{}</dd></div>'
        return format_html('<dl class="details">{}</dl>', format_html_join("", row, rows))

    def notes(self) -> SafeString:
        if not self.document.notes:
            return SafeString("")
        items = []
        for note in self.document.notes:
            passage = next(self._passages)
            back = ""
            if mark := self._marked_in.get(note.key):
                back = format_html(' <a class="note-back" href="#{}"{}>{}</a>', mark, self.own, _("Back to the text"))
            text = format_html("<span{}>{}</span>", _lang(note.runs), self.runs(note.runs, passage))
            row = '<li class="passage" id="{}">{}{}{}{}</li>'
            items.append(format_html(row, passage.anchor, self.number(passage), text, back, self.remarks(passage)))
        start = '<section class="notes" aria-labelledby="notes"><h2 id="notes"{}>{}</h2><ol>{}</ol></section>'
        return format_html(start, self.own, _("Notes"), joined(items))

    def passage(self, passage: Passage, content: SafeString) -> SafeString:
        row = '<div class="passage" id="{}">{}{}{}</div>'
        return format_html(row, passage.anchor, self.number(passage), content, self.remarks(passage))

    def own_beside(self, runs: Runs) -> SafeString:
        """Attributes of the library's own words inside a block whose text is all in one language."""
        of_text = _language(runs) or self.document.language
        if of_text not in self._own:
            self._own[of_text] = own_language(of_text)
        return self._own[of_text]

    def number(self, passage: Passage, inside: Runs = ()) -> SafeString:
        """The visible number of a passage, which is also the link to it. inside: the text of the block it stands in."""
        return format_html(
            '<a class="passage-number" href="#{}"><span class="visually-hidden"{}>{} </span>{}</a>',
            passage.anchor, self.own_beside(inside), self._paragraph, passage.number,
        )  # fmt: skip

    def remarks(self, passage: Passage) -> SafeString:
        """What stands under a passage: a way to write a comment while comment is open, and its story."""
        return joined([self.way_to_comment(passage), self.story(passage)])

    def way_to_comment(self, passage: Passage) -> SafeString:
        if self.comments is None or not passage.number or self.comments.open_period is None:
            return SafeString("")
        if not (address := self.comments.comment_address(passage.anchor)):
            return SafeString("")
        row = '<span class="remarks"{}><a href="{}">{}<span class="visually-hidden"> {}</span></a></span>'
        where = _("on paragraph %(number)s") % {"number": passage.number}
        return format_html(row, self.own, address, _("Comment"), where)

    def story(self, passage: Passage, *, named: bool = False) -> SafeString:
        if self.comments is None:
            return SafeString("")
        return self.comments.story(passage.anchor, passage.number, named=named)

    def runs(self, runs: Runs, passage: Passage) -> SafeString:
        return _phrases(runs, self.document.language, lambda run: self.mark(run, passage))

    def mark(self, run: Run, passage: Passage) -> SafeString:
        number = self._marks.get(run.note)
        if number is None:
            return SafeString("")  # a draft may hold a mark without a note; freezing refuses it
        self._marked_in.setdefault(run.note, passage.anchor)
        return format_html(
            '<sup class="note-mark"><a href="#{}"><span class="visually-hidden"{}>{} </span>{}</a></sup>',
            self._note_anchors[run.note], self.own, _("Note"), number,
        )  # fmt: skip


def _phrases(runs: Runs, language: str, mark: Callable[[Run], SafeString]) -> SafeString:
    """language: of the text around them. mark: draws the mark of a note."""
    made = []
    for own, phrase in phrases(runs):
        direction = direction_of(own or language)
        text = joined(mark(run) if run.note else _run(run, direction) for run in phrase)
        made.append(format_html('<span lang="{}" dir="{}">{}</span>', own, direction, text) if own and text else text)
    return joined(made)


def _run(run: Run, direction: str) -> SafeString:
    is_code = Mark.CODE in run.marks
    draw = _in_order if direction == "rtl" and not is_code else escape
    text = joined("<br>" if part == "\n" else draw(part) for part in _with_breaks(run.text))
    for mark in sorted(run.marks):
        text = format_html("<{}>{}</{}>", mark_safe(TAGS[mark]), text, mark_safe(TAGS[mark].split()[0]))
    if address := safe_address(run.href):
        text = format_html('<a href="{}">{}</a>', address, text)
    return text


def _in_order(text: str) -> SafeString:
    """A line of a right-to-left text; dates and addresses in it keep their order."""
    return joined(
        format_html('<bdi dir="ltr">{}</bdi>', part) if is_ordered else escape(part)
        for part, is_ordered in stretches(text)
    )


def _with_breaks(text: str) -> Iterator[str]:
    for place, line in enumerate(text.split("\n")):
        if place:
            yield "\n"
        yield line


def _lang(runs: Runs) -> SafeString:
    """The direction of a block whose text is all in one other language; its runs name the language themselves."""
    language = _language(runs)
    return format_html(' lang="{}" dir="{}"', language, direction_of(language)) if language else SafeString("")


def _language(runs: Runs) -> str:
    """That of all of them, "" where they differ or name none."""
    languages = {run.language for run in runs if run.text.strip()}
    return languages.pop() if len(languages) == 1 else ""


def own_language(of_text: str) -> SafeString:
    """Attributes of the library's own words between those of a text in another language; else nothing."""
    language = get_language() or "en"
    if language == of_text:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', language, direction_of(language))


def _list(ordered: bool, items: Iterable[SafeString]) -> SafeString:
    tag = SafeString("ol" if ordered else "ul")
    return format_html("<{0}>{1}</{0}>", tag, joined(items))


def joined(parts: Iterable[str]) -> SafeString:
    """Parts that were each escaped, or built by format_html in this room, put together."""
    return mark_safe("".join(parts))
