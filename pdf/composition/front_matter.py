"""Front matter: masthead, banners, status, changes, citation, contents. Also running heads and document information."""

from collections.abc import Iterator
from dataclasses import replace

from reportlab.platypus.flowables import Flowable

from editions.document import citation_styles
from editions.document.caption_numbers import Captioned
from pdf.composition.inline_marks import link_span, plain_span
from pdf.composition.matter_base import Matter, level_of
from pdf.composition.numbered_text import RunningText
from pdf.composition.strings import LANGUAGE_NAMES, stage_meaning, standing_name
from pdf.composition.table_of_contents import Entry, contents_lines
from pdf.layout.images_and_qr_code import QRCodeBlock
from pdf.layout.page_templates import RunningHeads
from pdf.layout.panels import Bar, Panel
from pdf.layout.paragraphs import Block, Paragraph
from pdf.layout.styles import ACCENT, SOFT, TINT, WARNING, WARNING_TINT, Look, bold, coloured
from pdf.placed_document import DocumentInfo
from pdf.print_job import PrintJob
from pdf.tagging.structure_tree import Node

LISTED_FROM = 3  # figures, or tables; fewer are found without a list


class FrontMatter(Matter):
    """Builds the front matter of one document."""

    def masthead(self, parent: Node, title_tag: str = "H1", title_key: str = "title") -> list[Flowable]:
        """Forum, meeting, title and the facts about the edition."""
        metadata, words = self.job.metadata, self.words
        forum, meeting = metadata["forum"]["title"], metadata["meeting"]
        place = ", ".join(part for part in (meeting["city"], meeting["country"]) if part)
        lines = [words["forum_of"].format(forum=forum), words["meeting"].format(year=meeting["year"], place=place)]
        sign = bold(replace(self.styles.fact_ink, size=10.4, colour=ACCENT))
        soft = coloured(self.styles.fact_ink, SOFT)
        node = Node("P", parent)
        head = Paragraph([plain_span(lines[0], sign, node, self.words_language)], Look(14.5, after=1.0), self.context)
        second = self.text(lines[1].rstrip("，،, "), "P", parent, Look(13.0, after=26.0), soft)
        title = self.text(
            self.job.document.title, title_tag, parent, self.styles.title, self.styles.title_ink, language=self.language
        )
        title.anchors = (title_key,)
        parts: list[Flowable] = [Bar(4.0), head, second, title]
        if self.job.document.subtitle:
            look, ink = self.styles.subtitle, self.styles.subtitle_ink
            parts.append(self.text(self.job.document.subtitle, "P", parent, look, ink, language=self.language))
        facts = self.facts(list(self._title_facts()), parent)
        facts[0].before = 12.0
        return [*parts, *facts]

    def _title_facts(self) -> Iterator[tuple[str, str, str]]:
        job, words, metadata = self.job, self.words, self.job.metadata
        label = f" · {metadata['label']}" if metadata["label"] else ""
        yield words["identifier"], f"{self.ltr(job.identifier)}{label}", ""
        yield words["stage"], standing_of(job), ""
        yield from self._dates()
        yield words["language"], LANGUAGE_NAMES.get(self.language.split("-")[0], self.language), ""
        if metadata["authors"]:
            yield words["authors"], "; ".join(metadata["authors"]), ""
        if metadata["licence"]:
            yield words["licence"], metadata["licence"], ""

    def _dates(self) -> Iterator[tuple[str, str, str]]:
        """When it was published: elsewhere, where it was adopted elsewhere, and then since when it is kept here."""
        metadata, words = self.job.metadata, self.words
        since = citation_styles.kept_since(metadata, self.job.published)
        day = metadata.get("original_date") if since else self.job.published.date().isoformat()
        if day:
            yield words["published"], self.ltr(day), ""
        if since:
            yield words["kept_since"], self.ltr(since), ""
        if address := metadata.get("original_address"):
            yield words["original"], self.ltr(address), address

    def status(self, parent: Node) -> Panel:
        """What the stage means, what comes next, and what to bear in mind."""
        job, words = self.job, self.words
        section = Node("Sect", parent)
        lines = [self._meaning()]
        if job.is_draft:
            lines.append(words["not_final"])
        if job.closes:
            lines.append(words["closes"].format(date=self.ltr(job.closes)))
        if job.metadata["project_summary"]:
            lines.append(words["summary_of"])
        if job.metadata["fictitious"]:
            lines.append(words["fictitious"])
        blocks: list[Block] = [self.heading(words["status"], section, "status", small=True)]
        blocks += [self.panel_line(line, section, line == words["not_final"]) for line in lines if line]
        draft = job.is_draft
        return Panel(blocks, self.context, WARNING_TINT if draft else TINT, WARNING if draft else ACCENT)

    def _meaning(self) -> str:
        metadata, words = self.job.metadata, self.words
        if original := metadata.get("translation_of"):
            return words["translates"].format(identifier=self.ltr(original))
        return words["recorded"] if metadata["recorded"] else stage_meaning(self.job.stage, self.language)

    def banners(self, parent: Node) -> list[Flowable]:
        """What a reader must see first: a correction, a newer edition."""
        job, words = self.job, self.words
        made: list[Flowable] = []
        if job.correction:
            text = words["corrects"].format(identifier=self.ltr(job.correction.of))
            blocks = [self.panel_line(text, parent, True)]
            blocks += [self.panel_line(job.correction.reason, parent)] if job.correction.reason else []
            made.append(Panel(blocks, self.context, WARNING_TINT, WARNING))
        if job.successor:
            text = words["superseded"].format(identifier=self.ltr(job.successor))
            made.append(Panel([self.panel_line(text, parent, True)], self.context, WARNING_TINT, WARNING))
        return made

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
                [self.heading(self.words["changes"], section, "changes", small=True), self.panel_line(text, section)],
                self.context,
            )
        ]

    def citation(self, parent: Node) -> Panel:
        job, words = self.job, self.words
        section = Node("Sect", parent)
        blocks: list[Block] = [self.heading(words["cite"], section, "cite", small=True)]
        # The sentence is in English, as its style is, whatever the language of the title in it.
        node = Node("P", section, language="en" if self.language != "en" else "")
        ink = self.styles.fact_ink
        cited = [plain_span(citation(job), ink, node, "en")]
        cited.append(link_span(job.address, ink, node, "en", address=job.address))
        blocks.append(Paragraph(cited, replace(self.styles.fact, after=3.0), self.context, direction=level_of("en")))
        rows = [
            (words["address"], self.ltr(job.address), job.address),
            (words["newest"], self.ltr(job.live_address), job.live_address),
            (words["hash"], job.sha256, ""),
        ]
        if job.log_head:
            rows.append((words["log_head"].format(ordinal=job.log_head.ordinal), job.log_head.hash, ""))
        facts = self.facts(rows, section)
        for fact in facts:
            small = [replace(span.ink, size=7.2) for span in fact.spans]
            for span, ink in zip(fact.spans, small, strict=True):
                span.ink = ink
        blocks += facts
        blocks.append(self.panel_line(words["accessible"], section))
        code = QRCodeBlock(job.live_address, Node("Figure", section, alt=words["qr"].format(address=job.live_address)))
        return Panel(blocks, self.context, beside=code)

    def contents(self, entries: list[Entry], parent: Node) -> list[Flowable]:
        """The table of contents under its heading."""
        heading = self.heading(self.words["contents"], parent, "contents")
        return [heading, *contents_lines(entries, parent, self.context)]

    def caption_lists(self, body: RunningText, parent: Node) -> list[Flowable]:
        """Lists of the figures and of the tables, where there are several."""
        made: list[Flowable] = []
        for kind, words in ((Captioned.FIGURE, self.words["figures"]), (Captioned.TABLE, self.words["tables"])):
            if len(entries := body.captions[kind]) >= LISTED_FROM:
                heading = self.heading(words, parent, f"list-of-{kind.value}s")
                made += [heading, *contents_lines(entries, parent, self.context, is_plain=True)]
        return made

    def running_heads(self) -> RunningHeads:
        """Heads and feet of every page of an edition."""
        job, words = self.job, self.words
        return RunningHeads(
            head_start=job.identifier,
            head_end=standing_of(job),
            foot_start=self.ltr(job.live_address.removeprefix("https://").removeprefix("http://")),
            page_words=words["page"],
            draft_mark=words["draft"] if job.is_draft else "",
            numbers_lines=job.is_draft,
        )

    def document_info(self) -> DocumentInfo:
        """What the file says about itself."""
        job, data = self.job, self.job.metadata
        return DocumentInfo(
            title=job.document.title,
            creators=tuple(data["authors"]) or (data["forum"]["title"],),
            description=data["summary"] or f"{standing_of(job, 'en')}, {job.identifier}",
            language=job.document.language,
            identifier=job.address,
            rights=data["licence"],
            keywords=(job.identifier, standing_of(job, "en"), *(theme["label"] for theme in data["themes"])),
            date=job.published,
            part=4 if job.is_pdf_2 else 3 if job.source_json and not job.is_draft else 2,
        )


def standing_of(job: PrintJob, language: str = "") -> str:
    """In the language of the document, or another."""
    return standing_name(job.stage, job.metadata, language or job.document.language)


def citation(job: PrintJob) -> str:
    """How the edition is cited, the sentence of its page, up to the address that follows."""
    metadata = job.metadata
    return citation_styles.apa(
        citation_styles.Cited(
            authors=citation_styles.authors_of(metadata),
            year=int(citation_styles.issued(metadata, job.published)[:4]),
            title=citation_styles.whole_title(job.document.title, metadata["subtitle"]),
            number=job.identifier,
            note=citation_styles.note_on(metadata, job.published, draft=job.is_draft),
        )
    )
