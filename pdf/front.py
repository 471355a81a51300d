"""What comes before and after the body: masthead, status, citation, contents, changes, declaration, dispositions."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.platypus.flowables import Flowable

from pdf.acronyms import explained
from pdf.bidi import isolated
from pdf.canvas import Colour, TaggedCanvas
from pdf.figures import CodeBlock
from pdf.inline import link_span, plain_span
from pdf.job import PrintJob
from pdf.paragraph import Block, Label, Look, Paragraph
from pdf.structure import Node, head_attributes, list_attributes
from pdf.styles import ACCENT, SOFT, TINT, WARNING, WARNING_TINT, Type, bold, coloured
from pdf.tables import RowBlock, TableBlock
from pdf.text import Ink, Span, Typesetter
from pdf.words import LANGUAGE_NAMES, Words, primary, recorded_name, stage_meaning, stage_name, words_in

FACT_COLUMN = 108.0  # where the values of facts begin
CODE_SIZE = 74.0  # points, of the QR code


class Panel(Block):
    """Blocks on a tinted ground, with a bar on the side where lines begin, and perhaps a block beside them."""

    def __init__(
        self,
        blocks: Sequence[Block],
        direction: int,
        tint: Colour = TINT,
        bar: Colour = ACCENT,
        beside: Block | None = None,
    ) -> None:
        super().__init__()
        self.blocks, self.direction, self.tint, self.bar, self.beside = list(blocks), direction, tint, bar, beside
        self.before, self.after = 8.0, 8.0
        self.width = self.height = 0.0

    PAD = 12.0

    @property
    def _taken(self) -> float:
        return self.beside.wrap(0, 0)[0] + self.PAD if self.beside else 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        room = width - 2 * self.PAD - self._taken
        total = 0.0
        for index, block in enumerate(self.blocks):
            total += block.wrap(room, height)[1] + (block.before if index else 0.0) + block.after
        total -= self.blocks[-1].after if self.blocks else 0.0
        if self.beside:
            total = max(total, self.beside.height)
        self.width, self.height = width, total + 2 * self.PAD
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Between its blocks: a panel is only a ground to stand on."""
        if len(self.blocks) < 2 or self.beside:
            return []
        for count in range(len(self.blocks) - 1, 0, -1):
            first = Panel(self.blocks[:count], self.direction, self.tint, self.bar)
            if first.wrap(width, height)[1] <= height:
                return [first, Panel(self.blocks[count:], self.direction, self.tint, self.bar)]
        return []

    def measured_on(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        self._draw(canvas, x, y)

    def paint(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        with canvas.artifact("Layout"):
            canvas.fill_box(x, y, self.width, self.height, self.tint)
            canvas.fill_box(x + self.width - 3 if self.direction else x, y, 3, self.height, self.bar)
        self._draw(canvas, x, y)

    def _draw(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        left = x + self.PAD + (self._taken if self.direction else 0.0)
        top = y + self.height - self.PAD
        for index, block in enumerate(self.blocks):
            top -= (block.before if index else 0.0) + block.height
            block.drawOn(canvas, left, top)
            top -= block.after
        if self.beside:
            at = x + self.PAD if self.direction else x + self.width - self.PAD - self.beside.width
            self.beside.drawOn(canvas, at, y + self.height - self.PAD - self.beside.height)


class Bar(Block):
    """A bar in the accent's colour over the masthead."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.width, self.height, self.after = 0.0, height, 10.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def paint(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        with canvas.artifact("Layout"):
            canvas.fill_box(x, y, self.width, self.height, ACCENT)


@dataclass
class Front:
    """Builds the front and back matter of one document."""

    job: PrintJob
    setter: Typesetter
    type: Type
    direction: int

    @property
    def language(self) -> str:
        return self.job.document.language

    @property
    def words(self) -> Words:
        return words_in(self.language)

    @property
    def words_language(self) -> str:
        """The language of the words this page adds; English where the document's is none of the six."""
        return primary(self.language)

    def ltr(self, text: str) -> str:
        """An address, identifier or date that keeps its order in a right-to-left document."""
        return isolated(text) if self.direction else text

    # Small parts

    def text(
        self, text: str, tag: str, parent: Node, look: Look, ink: Ink, labels: Sequence[Label] = (), language: str = ""
    ) -> Paragraph:
        spans = [plain_span(text, ink, Node(tag, parent), language or self.words_language)]
        return Paragraph(spans, look, self.setter, self.direction, labels)

    def heading(self, text: str, parent: Node, key: str = "", small: bool = False) -> Paragraph:
        """A heading of the page's own; small: inside a panel."""
        ink = replace(self.type.heading_ink(3), size=11.2) if small else self.type.heading_ink(1)
        look = Look(self.type.heading(3).leading, after=3.0) if small else self.type.heading(1)
        block = self.text(text, "H2", parent, look, ink)
        block.keeps_with_next = not small
        if key:
            block.anchors, block.bookmark = (key,), (text, key, 0)
        return block

    def fact(self, name: str, value: Sequence[Span], item: Node, label: Node) -> Paragraph:
        hung = Label([plain_span(name, coloured(self.type.fact_ink, SOFT), label, self.words_language)], 0.0)
        look = replace(self.type.fact, indent=FACT_COLUMN)
        return Paragraph(value, look, self.setter, self.direction, [hung])

    def facts(self, rows: Sequence[tuple[str, str, str]], parent: Node) -> list[Paragraph]:
        """Named facts as a list: (name, text, address to link to or "")."""
        made = []
        parent = Node("L", parent, attributes=list_attributes(False))
        for name, text, address in rows:
            item = Node("LI", parent)
            label, body = Node("Lbl", item), Node("LBody", item)
            make = link_span if address else plain_span
            options = {"address": address} if address else {}
            made.append(self.fact(name, [make(text, self.type.fact_ink, body, self.language, **options)], item, label))
        return made

    # Front matter

    def masthead(self, parent: Node, title_tag: str = "H1", title_key: str = "title") -> list[Flowable]:
        """Forum, meeting, title and the facts about the edition."""
        metadata, words = self.job.metadata, self.words
        forum, meeting = metadata["forum"]["title"], metadata["meeting"]
        place = ", ".join(part for part in (meeting["city"], meeting["country"]) if part)
        lines = [words["forum_of"].format(forum=forum), words["meeting"].format(year=meeting["year"], place=place)]
        sign = bold(replace(self.type.fact_ink, size=10.4, colour=ACCENT))
        soft = coloured(self.type.fact_ink, SOFT)
        node = Node("P", parent)
        head = Paragraph(
            [plain_span(lines[0], sign, node, self.words_language)], Look(14.5, after=1.0), self.setter, self.direction
        )
        second = self.text(lines[1].rstrip("，،, "), "P", parent, Look(13.0, after=26.0), soft)
        title = self.text(
            self.job.document.title, title_tag, parent, self.type.title, self.type.title_ink, language=self.language
        )
        title.anchors = (title_key,)
        parts: list[Flowable] = [Bar(4.0), head, second, title]
        if self.job.document.subtitle:
            look, ink = self.type.subtitle, self.type.subtitle_ink
            parts.append(self.text(self.job.document.subtitle, "P", parent, look, ink, language=self.language))
        facts = self.facts(list(self._title_facts()), parent)
        facts[0].before = 12.0
        return [*parts, *facts]

    def _title_facts(self) -> Iterator[tuple[str, str, str]]:
        job, words, metadata = self.job, self.words, self.job.metadata
        label = f" · {metadata['label']}" if metadata["label"] else ""
        yield words["identifier"], f"{self.ltr(job.identifier)}{label}", ""
        yield words["stage"], standing_name(job), ""
        yield words["published"], self.ltr(job.published.date().isoformat()), ""
        yield words["language"], LANGUAGE_NAMES.get(self.language.split("-")[0], self.language), ""
        if metadata["authors"]:
            yield words["authors"], "; ".join(metadata["authors"]), ""
        if metadata["licence"]:
            yield words["licence"], metadata["licence"], ""

    def status(self, parent: Node) -> Panel:
        """What the stage means, what comes next, and what to bear in mind."""
        job, words = self.job, self.words
        section = Node("Sect", parent)
        lines = [stage_meaning(job.stage, self.language)] if not job.metadata["recorded"] else [words["recorded"]]
        if job.is_draft:
            lines.append(words["not_final"])
        if job.closes:
            lines.append(words["closes"].format(date=self.ltr(job.closes)))
        if job.metadata["project_summary"]:
            lines.append(words["summary_of"])
        if job.metadata["fictitious"]:
            lines.append(words["fictitious"])
        blocks: list[Block] = [self.heading(words["status"], section, "status", small=True)]
        blocks += [self._panel_line(line, section, line == words["not_final"]) for line in lines if line]
        draft = job.is_draft
        return Panel(blocks, self.direction, WARNING_TINT if draft else TINT, WARNING if draft else ACCENT)

    def _panel_line(self, text: str, parent: Node, strong: bool = False) -> Paragraph:
        ink = bold(self.type.fact_ink) if strong else self.type.fact_ink
        return self.text(text, "P", parent, replace(self.type.fact, after=3.0), ink)

    def banners(self, parent: Node) -> list[Flowable]:
        """What a reader must see first: a correction, a newer edition."""
        job, words = self.job, self.words
        made: list[Flowable] = []
        if job.correction:
            text = words["corrects"].format(identifier=self.ltr(job.correction.of))
            blocks = [self._panel_line(text, parent, True)]
            blocks += [self._panel_line(job.correction.reason, parent)] if job.correction.reason else []
            made.append(Panel(blocks, self.direction, WARNING_TINT, WARNING))
        if job.successor:
            text = words["superseded"].format(identifier=self.ltr(job.successor))
            made.append(Panel([self._panel_line(text, parent, True)], self.direction, WARNING_TINT, WARNING))
        return made

    def citation(self, parent: Node) -> Panel:
        job, words = self.job, self.words
        section = Node("Sect", parent)
        blocks: list[Block] = [self.heading(words["cite"], section, "cite", small=True)]
        node = Node("P", section)
        ink = self.type.fact_ink
        cited = [plain_span(citation(job, self.ltr), ink, node, self.language)]
        cited.append(link_span(self.ltr(job.address), ink, node, self.language, address=job.address))
        blocks.append(Paragraph(cited, replace(self.type.fact, after=3.0), self.setter, self.direction))
        rows = [
            (words["address"], self.ltr(job.address), job.address),
            (words["newest"], self.ltr(job.live_address), job.live_address),
            (words["hash"], job.sha256, ""),
        ]
        facts = self.facts(rows, section)
        for fact in facts:
            small = [replace(span.ink, size=7.2) for span in fact.spans]
            for span, ink in zip(fact.spans, small, strict=True):
                span.ink = ink
        blocks += facts
        blocks.append(self._panel_line(words["accessible"], section))
        code = CodeBlock(
            job.live_address, Node("Figure", section, alt=words["qr"].format(address=job.live_address)), CODE_SIZE
        )
        return Panel(blocks, self.direction, beside=code)

    # Back matter

    def changes(self, parent: Node) -> list[Flowable]:
        comparison = self.job.comparison
        if comparison is None:
            return []
        section = Node("Sect", parent)
        text = self.words["changes_text"].format(
            former=self.ltr(comparison.former),
            added=comparison.added_count,
            changed=comparison.changed_count,
            removed=comparison.removed_count,
        )
        return [
            Panel(
                [self.heading(self.words["changes"], section, "changes", small=True), self._panel_line(text, section)],
                self.direction,
            )
        ]

    def declaration(self, parent: Node) -> list[Flowable]:
        """Who declared consensus on what grounds; the objections that stood; dissent, as visible as the declaration."""
        found, words = self.job.declaration, self.words
        if found is None and not self.job.dissents:
            return []
        section = Node("Sect", parent)
        made: list[Flowable] = []
        if found is not None:
            line = words["declared"].format(by=found.by, role=found.role, date=self.ltr(found.on))
            made += [self.heading(words["declaration"], section, "declaration"), self.prose(line, section, strong=True)]
            made.append(self.prose(found.grounds, section, language=self.language))
            if found.objections:
                made.append(self.subheading(words["objections"], section))
            for objection in found.objections:
                made.append(self.prose(objection.statement, section, language=self.language))
                made.append(self.prose(objection.outcome, section, soft=True, language=self.language))
        if self.job.dissents:
            made.append(self.heading(words["dissent"], section, "dissent"))
        for dissent in self.job.dissents:
            made.append(self.prose(dissent.holder, section, strong=True, language=dissent.language))
            made.append(self.prose(dissent.statement, section, language=dissent.language))
        return made

    def subheading(self, text: str, parent: Node, tag: str = "H3") -> Paragraph:
        block = self.text(text, tag, parent, self.type.heading(2), self.type.heading_ink(2))
        block.keeps_with_next = True
        return block

    def prose(
        self, text: str, parent: Node, *, strong: bool = False, soft: bool = False, language: str = ""
    ) -> Paragraph:
        """A paragraph of the back matter, set like the body but without a number."""
        ink = bold(self.type.body_ink) if strong else self.type.body_ink
        node = Node("P", parent, language=language if language not in ("", self.language) else "")
        spans = [plain_span(text, coloured(ink, SOFT) if soft else ink, node, language or self.words_language)]
        look = replace(self.type.body, counted=False, after=2.0 if strong else self.type.body.after)
        return Paragraph(spans, look, self.setter, self.direction)

    def acronyms(self, parent: Node) -> list[Flowable]:
        """Short forms that the text explains, in alphabetical order."""
        rows = [(short, long, "") for short, long in sorted(explained(self.job.document).items())]
        if not rows:
            return []
        section = Node("Sect", parent)
        return [self.heading(self.words["acronyms"], section, "acronyms"), *self.facts(rows, section)]

    def contributors(self, parent: Node) -> list[Flowable]:
        """People by role, in the order in which the roles first appear."""
        people = self.job.metadata["people"]
        if not people:
            return []
        section = Node("Sect", parent)
        made: list[Flowable] = [self.heading(self.words["contributors"], section, "contributors")]
        roles: dict[str, list[str]] = {}
        for person in people:
            named = f"{person['name']} ({person['organisation']})" if person["organisation"] else person["name"]
            roles.setdefault(person["role"], []).append(named)
        rows = [(role.replace("_", " ").capitalize(), "; ".join(names), "") for role, names in roles.items()]
        return [*made, *self.facts(rows, section)]

    def sources(self, parent: Node) -> list[Flowable]:
        sources = self.job.metadata["sources"]
        if not sources:
            return []
        section = Node("Sect", parent)
        made: list[Flowable] = [self.heading(self.words["sources"], section, "sources")]
        rows = [
            (f"{index}.", source, source if source.startswith("http") else "")
            for index, source in enumerate(sources, 1)
        ]
        return [*made, *self.facts(rows, section)]

    def dispositions(self, parent: Node) -> list[Flowable]:
        """The annex: the numbers, then every comment with the forum's answer, in a table."""
        if not self.job.dispositions:
            return []
        section = Node("Sect", parent)
        heading = self.heading(self.words["dispositions"], section, "dispositions")
        table = Node("Table", section)
        head, body = Node("THead", table), Node("TBody", table)
        rows = [self._table_row(self.words["disposition_heads"].split("|"), head, True)]
        for found in self.job.dispositions:
            cells = [str(found.number), found.passage, found.comment, found.decision, found.reason]
            rows.append(self._table_row(cells, body, False))
        note = self.job.dispositions_note
        above = [self.prose(note, section, soft=True, language=self.language)] if note else []
        return [heading, *above, TableBlock(rows, self.direction)]

    def _table_row(self, cells: Sequence[str], parent: Node, is_head: bool) -> RowBlock:
        row = Node("TR", parent)
        ink = bold(self.type.cell_ink) if is_head else self.type.cell_ink
        made = []
        for text in cells:
            cell = Node("TH" if is_head else "TD", row, attributes=head_attributes("Column") if is_head else {})
            made.append(
                Paragraph([plain_span(text, ink, cell, self.language)], self.type.cell, self.setter, self.direction)
            )
        return RowBlock(made, is_head)

    def replaced(self, parent: Node, characters: Iterable[str]) -> list[Flowable]:
        """Printer's note: which characters are drawn as a box."""
        listed = "; ".join(f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip() for char in characters)
        if not listed:
            return []
        text = f"{self.words['replaced']} {listed}"
        return [
            self.text(text, "P", parent, replace(self.type.caption, indent=0.0, before=18.0), self.type.caption_ink)
        ]


def standing_name(job: PrintJob, language: str = "") -> str:
    """The stage in words. A recorded output claims no consensus declared here, so it is named by what it is."""
    language = language or job.document.language
    if job.metadata["recorded"]:
        return recorded_name(job.metadata["kind"], language)
    return stage_name(job.stage, language)


def citation(job: PrintJob, ltr: Callable[[str], str] = str) -> str:
    """How the edition is cited, up to the address that follows: corporate authors (year). Title. Identifier."""
    authors = "; ".join(job.metadata["authors"]) or job.metadata["forum"]["title"]
    year = job.metadata["meeting"]["year"]
    return f"{authors} ({year}). {job.document.title}. {ltr(job.identifier)}. "
