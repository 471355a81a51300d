"""What comes after the body: declaration, dissent, contributors, sources, dispositions, printer's note."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportlab.platypus.flowables import Flowable

from editions.document.passages import Passage
from pdf.composition.inline_marks import plain_span
from pdf.composition.matter_base import Matter, level_of
from pdf.composition.strings import role_name
from pdf.layout.paper_sizes import turned
from pdf.layout.paragraphs import Paragraph
from pdf.layout.styles import bold
from pdf.layout.tables import RowBlock, TableBlock
from pdf.tagging.structure_tree import Node, head_attributes
from pdf.text.font_coverage import missing_in

ANNEX_SHARES = (0.05, 0.10, 0.37, 0.18, 0.30)
"""Of the width of a page on its side: number, passage, comment, decision, answer."""


class BackMatter(Matter):
    """Builds the back matter of one document."""

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

    def sessions(self, parent: Node) -> list[Flowable]:
        """Where the text was discussed, oldest first."""
        if not self.job.sessions:
            return []
        section = Node("Sect", parent)
        rows = []
        for found in self.job.sessions:
            parts = [found.title, found.place]
            if found.attendance:
                parts.append(self.words["attendance"].format(count=found.attendance))
            rows.append((self.ltr(found.on), "; ".join(part for part in parts if part), ""))
        return [self.heading(self.words["sessions"], section, "sessions"), *self.facts(rows, section)]

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
        rows = [(role_name(role, self.language), "; ".join(names), "") for role, names in roles.items()]
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
        rows = [self._table_row([(text, "") for text in self.words["disposition_heads"].split("|")], head, True)]
        for found in self.job.dispositions:
            cells = [str(found.number), found.passage, found.comment, found.decision, found.reason]
            rows.append(
                self._table_row(
                    [(cell, found.language if cell is found.comment else "") for cell in cells], body, False
                )
            )
        room = turned(self.context.page).column
        note = self.job.dispositions_note
        above = [self.prose(note, section, soft=True, language=self.language)] if note else []
        return [heading, *above, TableBlock(rows, self.context, widths=[share * room for share in ANNEX_SHARES])]

    def _table_row(self, cells: Sequence[tuple[str, str]], parent: Node, is_head: bool) -> RowBlock:
        """cells: text and its language, "" for that of the document."""
        row = Node("TR", parent)
        ink = bold(self.styles.cell_ink) if is_head else self.styles.cell_ink
        made = []
        for text, language in cells:
            cell = Node("TH" if is_head else "TD", row, attributes=head_attributes("Column") if is_head else {})
            is_foreign = language not in ("", self.language)
            inner = Node("Span", cell, language=language) if is_foreign else cell
            spans = [plain_span(text, ink, inner, language or self.language)]
            direction = level_of(language) if language else None
            made.append(Paragraph(spans, self.styles.cell, self.context, direction=direction))
        return RowBlock(made, is_head)

    def replaced(self, parent: Node, passages: Iterable[Passage]) -> list[Flowable]:
        """Printer's note: which characters are drawn as a box."""
        characters = dict.fromkeys(found.char for found in missing_in(self.job.document, passages))
        listed = "; ".join(f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip() for char in characters)
        if not listed:
            return []
        text = f"{self.words['replaced']} {listed}"
        return [
            self.text(text, "P", parent, replace(self.styles.caption, indent=0.0, before=18.0), self.styles.caption_ink)
        ]
