"""Paragraphs, tables and pictures as they follow each other in an office file, put together to blocks. Pure.

A reader of such a format says of each paragraph what its own file says: role, list, number. What a draft makes of it is
the same for all of them and stands here: titles, captions, nested lists and the numbers these cannot draw.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from editions.document.model import (
    Block,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Runs,
    Table,
    text_of_runs,
)
from formats.block_keys import Keys
from formats.draft import Doubt, Finding, Reason
from formats.office.draft_builder import DraftBuilder
from formats.office.paragraph_roles import CaptionOf, Label, Line, Piece, Role
from formats.office.runs import before_words, is_said, joined, tidy, unmarked
from formats.office.typed_lists_and_headings import (
    DEEPEST_HEADING,
    guessed_level,
    with_bold_headings,
    with_typed_bullets,
)

_MADE_UP = re.compile(
    r"microsoft word - .*|(?:document|dokument|untitled|документ|文档|文書|مستند|sans titre|sin título)[ _-]?\d*"
    r"|powerpoint.*|.*\.(?:docx?|odt|rtf)",
    re.IGNORECASE,
)
_TABLE_WORDS = frozenset({
    "table", "tab", "tableau", "tabla", "cuadro", "таблица", "табл", "الجدول", "جدول", "tabelle", "tabela", "quadro",
    "tabella", "tabel", "tablo", "tabell", "tabulka", "taulukko", "táblázat", "таблиця", "πίνακας",
})  # fmt: skip
_FIGURE_WORDS = frozenset({
    "figure", "fig", "figura", "gráfico", "рисунок", "рис", "الشكل", "شكل", "abbildung", "abb", "graphique", "grafik",
    "grafico", "chart", "figuur", "afbeelding", "rysunek", "rys", "wykres", "şekil", "figur", "obrázek", "kuva", "ábra",
    "диаграмма", "график", "εικόνα",
})  # fmt: skip
_TYPED_CAPTION = re.compile(
    r"\w+\.? ?[\d.\-–]*\d(?: ?[.:：—–-]+ ?\S.*| ?[.:：]?)|[表图圖] ?[\d.\-–]*\d \S.*", re.DOTALL
)  # a number alone makes a sentence of it: "Table 1 shows …"
LONGEST_CAPTION = 300  # characters of one that no style tells
_PLAIN_NUMBER = re.compile(r"[(\[（]?(\d+)[.)\]:、．）]?")


@dataclass(slots=True)
class Assembled:
    """moved: keys of paragraphs that are no block of their own, each with the key of what they became part of."""

    title: str = ""
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)


def assembled(pieces: Iterable[Piece], keys: Keys) -> Assembled:
    found = Assembled()
    rest = _without_title(_with_title(list(pieces)), found)
    rest = with_typed_bullets(_with_captions(rest, found))
    rest = with_bold_headings(rest, found.findings)
    found.blocks = tuple(_blocks(rest, keys, found))
    return found


def is_made_up(title: str) -> bool:
    """Whether a title in the properties of a file is its program's: "Microsoft Word - draft.doc", "Document1"."""
    return bool(_MADE_UP.fullmatch(" ".join(title.split())))


def settled_title(found: Assembled, properties: Iterable[tuple[str, str]], builder: DraftBuilder) -> str:
    """The text's own title, else that of the file's properties; what these say is left out otherwise."""
    title = found.title
    for name, text in properties:
        if name == "title" and not title and not is_made_up(text):
            title = " ".join(text.split())
            if heading := _headed_by(title, found):
                builder.renamed[heading] = ""
                builder.leave_out(Reason.METADATA, text, "properties", "")
        else:
            builder.leave_out(Reason.METADATA, text, "properties", "")
    return title


def _headed_by(title: str, found: Assembled) -> str:
    """Takes the first heading away where it says the title once more. Its key, or ""."""
    first = found.blocks[0] if found.blocks else None
    if not isinstance(first, Heading) or any(run.note for run in first.runs):
        return ""
    if " ".join(text_of_runs(first.runs).split()) != title:
        return ""
    found.blocks = found.blocks[1:]
    return first.key


def labelled(label: Label | None, runs: Runs) -> Runs:
    """Runs with the number or bullet of their list before them, for places that hold no list."""
    if label is None or not is_said(runs):
        return runs
    return tidy([Run(before_words(label.text or "•")), *runs])


def _with_title(pieces: list[Piece]) -> list[Piece]:
    """What begins the text in a style made of that of titles is the title, where nothing else is; further down, and
    behind a title, such a style may be for anything."""
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    begins = lines[0].key if lines and all(line.role != Role.TITLE for line in lines) else ""
    return [
        replace(piece, role=Role.TITLE if piece.key == begins else Role.BODY)
        if isinstance(piece, Line) and piece.role == Role.LIKE_TITLE
        else piece
        for piece in pieces
    ]


def _without_title(pieces: list[Piece], found: Assembled) -> list[Piece]:
    """The first lines in the style of a title are the document's; later ones head parts of it. A subtitle goes along
    where it stands by the title."""
    rest: list[Piece] = []
    titles: list[Line] = []
    subtitles: list[Line] = []
    behind = -1  # how much stood before the title
    headed = False
    for piece in pieces:
        line = piece if isinstance(piece, Line) else None
        if line and line.role == Role.TITLE and not headed and (not titles or len(rest) == behind):
            titles.append(line)
            behind = len(rest)
        elif line and line.role == Role.SUBTITLE and len(rest) == behind:
            subtitles.append(line)
        else:
            headed = headed or (line is not None and line.role == Role.HEADING)
            rest.append(_as_part(piece))
    found.title = " ".join(" ".join(text_of_runs(line.runs).split()) for line in titles)
    found.subtitle = " ".join(" ".join(text_of_runs(line.runs).split()) for line in subtitles)
    marks = tuple(run for line in titles + subtitles for run in line.runs if run.note)
    found.moved |= {line.key: "" for line in titles + subtitles}
    if marks:  # a title holds no footnotes; what they say stays, on a line of its own
        rest.insert(0, Line(titles[0].key, marks))
        found.moved.pop(titles[0].key)
    return rest


def _as_part(piece: Piece) -> Piece:
    """A title that heads a part, or a subtitle that stands alone."""
    if isinstance(piece, Line) and piece.role == Role.TITLE:
        return replace(piece, role=Role.HEADING, level=1)
    if isinstance(piece, Line) and piece.role == Role.SUBTITLE:
        return replace(piece, role=Role.BODY)
    return piece


def _with_captions(pieces: list[Piece], found: Assembled) -> list[Piece]:
    rest: list[Piece] = []
    waiting: list[Line] = []  # captions for what follows
    for place, piece in enumerate(pieces):
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        before = rest[-1] if rest and not waiting else None
        if isinstance(piece, Line):
            piece = _as_caption(before, piece, following)
        if isinstance(piece, Line) and piece.role == Role.CAPTION:
            if _takes(before, piece, following):
                rest[-1] = _captioned(rest[-1], piece, found)
            elif isinstance(following, Table | Figure):
                waiting.append(piece)
            else:
                rest.append(replace(piece, role=Role.BODY))
        else:
            for caption in waiting:
                piece = _captioned(piece, caption, found)
            waiting = []
            rest.append(piece)
    return rest


def _as_caption(before: Piece | None, line: Line, following: Piece | None) -> Line:
    """A caption where it is typed as one, without a style: "Table 1. …" above a table, "Figure 2: …" below a figure."""
    text = " ".join(text_of_runs(line.runs).split())
    if line.role != Role.BODY or line.label is not None or len(text) > LONGEST_CAPTION:
        return line
    if not isinstance(before, Table | Figure) and not isinstance(following, Table | Figure):
        return line
    kind = _named(text) if _TYPED_CAPTION.fullmatch(text) else CaptionOf.UNKNOWN
    above = kind == CaptionOf.TABLE and isinstance(following, Table)
    below = kind == CaptionOf.FIGURE and isinstance(before, Figure) and not before.caption
    return replace(line, role=Role.CAPTION, caption_of=kind, continues=False) if above or below else line


def _takes(before: Piece | None, caption: Line, following: Piece | None) -> bool:
    """Whether a caption belongs to what stands before it: pictures have theirs below, tables mostly above."""
    if not isinstance(before, Table | Figure) or before.caption:
        return False
    kind = caption.caption_of or _named(text_of_runs(caption.runs))
    if kind == CaptionOf.FIGURE:
        return isinstance(before, Figure) or not isinstance(following, Figure)
    if kind == CaptionOf.TABLE:
        return isinstance(before, Table) and not isinstance(following, Table)
    return isinstance(before, Figure) or not isinstance(following, Table)


def _named(text: str) -> CaptionOf:
    """What a caption says that it is of."""
    word = text.split(maxsplit=1)[0].casefold().rstrip(".:0123456789") if text.split() else ""
    if word in _TABLE_WORDS or text.startswith("表"):
        return CaptionOf.TABLE
    return CaptionOf.FIGURE if word in _FIGURE_WORDS or text.startswith(("图", "圖")) else CaptionOf.UNKNOWN


def _captioned(piece: Piece, caption: Line, found: Assembled) -> Piece:
    if isinstance(piece, Table | Figure):
        found.moved[caption.key] = piece.key
        return replace(piece, caption=joined([piece.caption, caption.runs], " "))
    return piece


def _blocks(pieces: list[Piece], keys: Keys, found: Assembled) -> Iterator[Block]:
    series: list[list[Line]] = []  # an item's own line, and those that go on in it
    for piece in pieces:
        if isinstance(piece, Line) and piece.role == Role.BODY:
            if piece.continues and series:
                series[-1].append(piece)
                found.moved[piece.key] = series[-1][0].key
                continue
            if piece.label is not None:
                series.append([piece])
                continue
        yield from _lists(series, keys, found)
        series = []
        if isinstance(piece, Line):
            yield _block(piece, found)
        else:
            yield piece
    yield from _lists(series, keys, found)


def _block(line: Line, found: Assembled) -> Block:
    runs = labelled(line.label, line.runs) if line.label and line.label.text else line.runs
    if line.role in (Role.HEADING, Role.TITLE):
        return Heading(line.key, max(1, min(line.level, DEEPEST_HEADING)), unmarked(runs))
    if line.role == Role.QUOTE:
        return Quote(line.key, runs)
    if level := guessed_level(runs):
        found.findings.append(Finding(Doubt.HEADING_GUESSED, text_of_runs(runs), line.key))
        return Heading(line.key, level, unmarked(runs))
    return Paragraph(line.key, runs)


@dataclass(slots=True)
class _Node:
    line: Line
    below: "list[_Node]" = field(default_factory=list)


def _lists(series: list[list[Line]], keys: Keys, found: Assembled) -> Iterator[Block]:
    """Labelled paragraphs that follow each other, as one list or several."""
    tops: list[list[_Node]] = []
    trail: list[_Node] = []
    for line, *more in series:
        if more:
            line = replace(line, runs=joined([line.runs, *(one.runs for one in more)]))
        node = _Node(line)
        while trail and _level(trail[-1]) >= _level(node):
            trail.pop()
        if trail:
            trail[-1].below.append(node)
        elif tops and _go_on(tops[-1][0].line, line):
            tops[-1].append(node)
        else:
            tops.append([node])
        trail.append(node)
    for nodes in tops:
        ordered, items = _items(nodes, found)
        yield ListBlock(keys.new(), ordered, items)


def _level(node: _Node) -> int:
    return node.line.label.level if node.line.label else 0


def _go_on(first: Line, line: Line) -> bool:
    """Whether a line belongs to the list that another began; one that counts from its first number again does not."""
    one, other = first.label, line.label
    if one is None or other is None or one.series != other.series or one.ordered != other.ordered:
        return False
    return not one.ordered or one.text != other.text


def _items(nodes: list[_Node], found: Assembled) -> tuple[bool, tuple[Item, ...]]:
    """Items beside each other. Where a list would count otherwise than the file did, the file's numbers are text."""
    otherwise = [node.line for place, node in enumerate(nodes, 1) if not _counts_so(node.line.label, place)]
    ordered = not otherwise
    first = next((line for line in otherwise if line.label and line.label.text), None)
    if first is not None and first.label is not None:
        found.findings.append(Finding(Doubt.LIST_NUMBERING, first.label.text, first.key))
    items = []
    for node in nodes:
        label = node.line.label
        below_ordered, below = _items(node.below, found) if node.below else (False, ())
        runs = labelled(label, node.line.runs) if not ordered and label and label.text else node.line.runs
        items.append(Item(node.line.key, runs, below, below_ordered))
    return ordered, tuple(items)


def _counts_so(label: Label | None, place: int) -> bool:
    """Whether a list that counts 1, 2, 3 draws this number here."""
    plain = _PLAIN_NUMBER.fullmatch(label.text) if label and label.ordered else None
    return plain is not None and int(plain[1]) == place
