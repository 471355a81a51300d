"""The runs of one paragraph of an OpenDocument text: emphasis, links, notes, fields, remarks, tracked changes. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from lxml import etree

from editions.document.model import Figure, Run
from formats.addresses import mended
from formats.draft import Doubt, Equation, NoteKind, Reason, ReviewNote
from formats.odt.formulas import linear
from formats.odt.job import OdtJob, OdtStory, said
from formats.odt.ledger_words import element_words, object_words
from formats.odt.package import DC, DRAW, MATH, OFFICE, SVG, TEXT, XLINK, number
from formats.odt.styles import Look
from formats.office.archive import Element
from formats.office.draft_builder import Aside, Change, when
from formats.office.passage_numbers import PassageNumbers
from formats.office.picture_kinds import is_file_name
from formats.office.symbols import has_places, lettered

_MOST_BLANKS = 1000
_UNSAID = frozenset({f"{OFFICE}annotation-end", f"{TEXT}soft-page-break", f"{OFFICE}event-listeners", f"{OFFICE}forms"})
_SHAPES = frozenset(
    DRAW + name
    for name in ("custom-shape", "rect", "ellipse", "circle", "line", "polygon", "polyline", "path", "caption",
                 "connector", "regular-polygon", "measure")
)  # fmt: skip


@dataclass(slots=True)
class OdtInline:
    """Reads a paragraph into `runs`. before, after: figures and boxes, by whether text stood before them."""

    job: OdtJob
    story: OdtStory
    key: str
    paragraph_style: str
    hidden: bool = False
    number_is_drawn: bool = False
    runs: list[Run] = field(default_factory=list)
    before: list[Figure | Element] = field(default_factory=list)
    after: list[Figure | Element] = field(default_factory=list)
    _spans: tuple[str, ...] = ()
    _href: str = ""
    _asides: list[Aside] = field(default_factory=list)
    _has_text: bool = False
    _numbers: PassageNumbers = field(default_factory=PassageNumbers)

    def read(self, element: Element) -> None:
        """The text in an element and in all below it; not what follows it."""
        self._say(_flat(element.text))
        for one in element:
            self.part(one)
            self._say(_flat(one.tail))

    def finish(self) -> None:
        for aside in self._asides:
            if aside.change is not None:
                self.job.remark(aside.change, aside.text, self.key)
            else:
                self.job.leave_out(aside.reason, aside.text, self.story.place, self.key)
        self._asides = []

    def part(self, one: Element) -> None:
        """One element of a paragraph."""
        handler = self._handlers.get(one.tag)
        if handler is not None:
            handler(self, one)
        elif one.tag in _SHAPES:
            self._anchored([one])
        elif one.tag not in _UNSAID:
            self.read(one)

    @property
    def _look(self) -> Look:
        return self.job.styles.look(self.paragraph_style, self._spans)

    def _say(self, text: str) -> None:
        if not text:
            return
        look = self._look
        if self.hidden or look.hidden:
            self._aside(Reason.HIDDEN, None, text)
            return
        if look.number:
            number, text = self._numbers.parted(look.number, text, was_put=self.story.change is not None)
            if number:
                self._aside(Reason.LIST_NUMBER, None, number)
            if not text:
                return
        if has_places(text):
            text, unknown = lettered(look.font, text)
            if unknown:
                self.job.doubt(Doubt.SIGN_UNKNOWN, ", ".join(unknown), self.key)
        self.runs.append(Run(text, look.marks, self._href, self.job.run_language(look, text)))
        self._has_text = self._has_text or not text.isspace()
        if self.story.change is not None:
            self._aside(Reason.DELETION, self.story.change, text)

    def _aside(self, reason: Reason, change: Change | None, text: str) -> None:
        last = self._asides[-1] if self._asides else None
        if last is not None and last.reason == reason and last.change == change:
            last.text += text
        else:
            self._asides.append(Aside(reason, change, text))

    def _span(self, one: Element) -> None:
        before = self._spans
        self._spans = (*before, str(one.get(f"{TEXT}style-name") or ""))
        self.read(one)
        self._spans = before

    def _link(self, one: Element) -> None:
        before = self._href
        target = str(one.get(f"{XLINK}href") or "")
        address = mended(target)
        self._href = address.href
        if address.doubt is not None and not self.hidden:
            self.job.doubt(address.doubt, address.href or target, self.key)
        self._span(one)
        self._href = before

    def _blanks(self, one: Element) -> None:
        self._say(" " * min(number(one.get(f"{TEXT}c"), 1), _MOST_BLANKS))

    def _note(self, one: Element) -> None:
        body = one.find(f"{TEXT}note-body")
        self.job.leave_out(Reason.NOTE_NUMBER, said(one, f"{TEXT}note-citation"), self.story.place, self.key)
        if body is None:
            return
        if self.hidden or self._look.hidden:
            self.job.leave_out_all(body, Reason.HIDDEN, "notes", self.key)
            return
        key = self.job.keys.new()
        place = "endnotes" if one.get(f"{TEXT}note-class") == "endnote" else "footnotes"
        self.job.waiting_notes.append((key, place, body))
        self.runs.append(Run("", note=key))

    def _remark(self, one: Element) -> None:
        text = "\n".join(source.text.strip() for source in element_words(one, "comments") if source.text.strip())
        self.job.leave_out(Reason.COMMENT, text, "comments", self.key)
        if text:
            note = ReviewNote(NoteKind.COMMENT, text, self.key, said(one, f"{DC}creator"), when(said(one, f"{DC}date")))
            self.job.review_notes.append(note)

    def _change(self, one: Element) -> None:
        tell_change(self.job, self.story, one, self.key)

    def _number(self, one: Element) -> None:
        """The number of a list or heading, where the file keeps it as text."""
        text = "".join(one.itertext()).strip()
        if self.number_is_drawn:
            self.job.leave_out(Reason.LIST_NUMBER, text, self.story.place, self.key)
        else:
            self._say(f"{text} ")

    def _hidden_text(self, one: Element) -> None:
        value = str(one.get(f"{TEXT}string-value") or "")
        is_hidden = one.get(f"{TEXT}is-hidden") == "true"
        shown = "".join(one.itertext())
        self.job.leave_out(
            Reason.HIDDEN if is_hidden or not shown else Reason.DOUBLE, value, self.story.place, self.key
        )
        before, self.hidden = self.hidden, self.hidden or is_hidden
        self.read(one)
        self.hidden = before

    def _ruby(self, one: Element) -> None:
        base, reading = one.find(f"{TEXT}ruby-base"), one.find(f"{TEXT}ruby-text")
        if base is not None:
            self.read(base)
        if reading is not None and "".join(reading.itertext()).strip():
            self._say(f" ({''.join(reading.itertext()).strip()})")

    def _script(self, one: Element) -> None:
        self.job.leave_out(Reason.FIELD_CODE, "".join(one.itertext()), self.story.place, self.key)

    # Frames

    def _frame(self, frame: Element) -> None:
        title, description = said(frame, f"{SVG}title"), said(frame, f"{SVG}desc")
        words = list(dict.fromkeys(text for text in (description, title) if text))
        if self.hidden or self._look.hidden:
            self.job.leave_out_all(frame, Reason.HIDDEN, self.story.place, self.key)
            return
        other = frame.find(f"{DRAW}object-ole")  # a file of another program, of which the text shows a picture
        if other is not None:
            name = str(other.get(f"{XLINK}href") or "").rpartition("/")[2]
            self.job.doubt(Doubt.ATTACHMENT, name, self.key)
        box, thing = frame.find(f"{DRAW}text-box"), frame.find(f"{DRAW}object")
        if box is None and thing is None:
            self._picture(frame, words)
            return
        if box is not None:
            self._anchored([box])
        elif thing is not None:
            self._object(thing, words)
            words = []
        for text in words:
            self.job.leave_out(Reason.PICTURE, text, "descriptions of pictures", self.key)

    def _anchored(self, parts: list[Figure | Element]) -> None:
        (self.after if self._has_text else self.before).extend(parts)

    def _picture(self, frame: Element, words: list[str]) -> None:
        """The first of its forms that is taken."""
        job, name, kind, why = self.job, "", "", Doubt.PICTURE_KIND
        for image in frame.iterfind(f"{DRAW}image"):
            part, content = job.package.picture(image)
            name, kind = job.keep_picture(part, content) if content else ("", part)
            why = Doubt.PICTURE_KIND if content else Doubt.PICTURE_NOT_FETCHED
            if name:
                break
        alt = words[0] if words and not is_file_name(words[0]) else ""
        for text in words[1:] if alt else words:
            job.leave_out(Reason.METADATA, text, "descriptions of pictures", self.key)
        if not name:
            job.doubt(why, f"{kind}: {alt}" if alt else kind, self.key)
            job.leave_out(Reason.PICTURE, alt, "descriptions of pictures", self.key)
            return
        figure = Figure(job.keys.new(), name, alt, (), 0, 0)
        if not alt:
            job.doubt(Doubt.PICTURE_WITHOUT_ALT, name, figure.key)
        self._anchored([figure])

    def _object(self, thing: Element, words: list[str]) -> None:
        """A formula becomes text; of a chart or another file only its words are told."""
        job, href = self.job, str(thing.get(f"{XLINK}href") or "")
        root = thing.find(f"{MATH}math")
        inside = root is not None
        if root is None:
            root = job.package.object(href)
        kind = etree.QName(root).localname if root is not None else ""
        if kind == "math" and root is not None:
            text = linear(root)
            self._say(text)
            job.equations.append(Equation(self.key, text, etree.tostring(root, encoding="unicode", with_tail=False)))
            job.doubt(Doubt.EQUATION, text, self.key)
            for note in root.iter(f"{MATH}annotation"):
                job.leave_out(Reason.FIELD_CODE, "".join(note.itertext()), "formulas", self.key)
        else:
            job.doubt(Doubt.PICTURE_KIND, ": ".join(["chart or object", *words[:1]]), self.key)
            for source in object_words(root) if root is not None and href not in job.read_objects else ():
                job.leave_out(Reason.PICTURE, source.text, source.place, self.key)
        for text in words:
            job.leave_out(Reason.PICTURE, text, "descriptions of pictures", self.key)
        if not inside:
            job.read_objects.add(href)

    _handlers: ClassVar[dict[str, Callable[["OdtInline", Element], None]]] = {
        f"{TEXT}span": _span,
        f"{TEXT}a": _link,
        f"{TEXT}s": _blanks,
        f"{TEXT}tab": lambda self, one: self._say(" "),
        f"{TEXT}line-break": lambda self, one: self._say("\n"),
        f"{TEXT}note": _note,
        f"{OFFICE}annotation": _remark,
        f"{TEXT}change": _change,
        f"{TEXT}change-start": _change,
        f"{TEXT}change-end": _change,
        f"{TEXT}number": _number,
        f"{TEXT}hidden-text": _hidden_text,
        f"{TEXT}ruby": _ruby,
        f"{TEXT}script": _script,
        f"{DRAW}frame": _frame,
    }


def tell_change(job: OdtJob, story: OdtStory, mark: Element, key: str) -> None:
    """At the place of a tracked change: a deletion is told, an insertion begins or ends."""
    region = job.regions.get(str(mark.get(f"{TEXT}change-id") or ""))
    if mark.tag == f"{TEXT}change-end":
        story.change = None
    elif region is None:
        return
    elif region.deleted is None:
        story.change = region.change if mark.tag == f"{TEXT}change-start" else story.change
    elif not region.told:
        region.told = True
        sources = list(element_words(region.deleted, story.place))
        for source in sources:
            job.leave_out(Reason.DELETION, source.text, source.place, key)
        job.remark(region.change, "\n".join(source.text for source in sources if source.text.strip()), key)


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")
