"""The runs of one Word paragraph: text with its emphasis, links, notes, fields, equations and tracked changes. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from lxml import etree

from editions.document.model import Figure, Run
from formats.addresses import mended
from formats.docx.equations import linear
from formats.docx.job import Job, Story, change_of
from formats.docx.package import CHART, DIAGRAM, MC, A, M, R, V, W, switched, value
from formats.docx.pictures import leave_out_all, read_drawing
from formats.docx.run_style import PLAIN, RunStyle, run_font, run_language, run_style
from formats.draft import Doubt, Equation, NoteKind, Reason
from formats.office.archive import Element
from formats.office.draft_builder import Aside, Change
from formats.office.fields import Field
from formats.office.paragraph_roles import CaptionOf
from formats.office.passage_numbers import PassageNumbers
from formats.office.symbols import at_place, lettered

DEEPEST_FIELD = 100  # fields in fields
_CHANGES = {
    f"{W}ins": NoteKind.INSERTION, f"{W}moveTo": NoteKind.INSERTION,
    f"{W}del": NoteKind.DELETION, f"{W}moveFrom": NoteKind.DELETION,
}  # fmt: skip
_NOTE_KINDS = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_THROUGH = frozenset(W + name for name in ("smartTag", "customXml", "dir", "bdo", "sdtContent", "rubyBase"))


@dataclass(slots=True)
class Inline:
    """Reads paragraphs into `runs`. before, after: figures and text boxes, by whether text stood before them."""

    job: Job
    story: Story
    key: str
    paragraph_style: str = ""
    runs: list[Run] = field(default_factory=list)
    before: list[Figure | Element] = field(default_factory=list)
    after: list[Figure | Element] = field(default_factory=list)
    caption_of: CaptionOf = CaptionOf.UNKNOWN
    _asides: list[Aside] = field(default_factory=list)
    _href: str = ""
    _change: Change | None = None
    _mark_of_note: bool = False
    _has_text: bool = False
    _numbers: PassageNumbers = field(default_factory=PassageNumbers)
    _whole: str = ""  # the letters of the run that is read, which tell the language of its figures and line ends too

    def read(self, paragraph: Element) -> None:
        self._change = self.story.change
        self._children(paragraph)

    def finish(self) -> None:
        """Tells of what was left out, in stretches."""
        for aside in self._asides:
            if aside.change is not None:
                self.job.remark(aside.change, aside.text, self.key)
            if aside.change is None or aside.change.kind == NoteKind.DELETION:
                self.job.leave_out(aside.reason, aside.text, self.story.place, self.key)
        self._asides = []

    def _children(self, element: Element) -> None:
        for one in element:
            handler = self._handlers.get(one.tag)
            if handler is not None:
                handler(self, one)
            elif one.tag in _CHANGES:
                self._changed(one, _CHANGES[one.tag])
            elif one.tag in _THROUGH:
                self._children(one)

    def _changed(self, element: Element, kind: NoteKind) -> None:
        before = self._change
        if before is None or before.kind == NoteKind.INSERTION:
            self._change = change_of(element, kind)
        self._children(element)
        self._change = before

    def _run(self, run: Element) -> None:
        style = run_style(run.find(f"{W}rPr"), self.paragraph_style, self.job.styles)
        font = run_font(run)
        self._whole = "".join(str(one.text or "") for one in run.iterfind(f"{W}t"))
        for one in run:
            tag = one.tag
            if tag == f"{W}t" or tag == f"{W}delText":
                self._signs(*lettered(font, str(one.text or "")), style, deleted=tag == f"{W}delText")
            elif tag in _SIGNS:
                self._say(_SIGNS[tag], style)
            elif (inner := self._inner.get(tag)) is not None:
                inner(self, one, style)
        self._mark_of_note = False

    def _signs(self, text: str, unknown: tuple[str, ...], style: RunStyle, deleted: bool = False) -> None:
        """Text of which some signs may not be known."""
        self._say(text, style, deleted)
        if unknown and self._why_not(style, deleted) is None:
            self.job.doubt(Doubt.SIGN_UNKNOWN, ", ".join(unknown), self.key)

    def _say(self, text: str, style: RunStyle, deleted: bool = False) -> None:
        if not text:
            return
        if style.number:
            text = self._without_number(text, style.number)
            if not text:
                return
        reason = self._why_not(style, deleted)
        if reason is not None:
            self._aside(reason, self._change if reason == Reason.DELETION else None, text)
            return
        told_by = text if any(map(str.isalpha, text)) else self._whole or text
        language = run_language(style, told_by, self.paragraph_style, self.job.styles, self.job.language)
        self.runs.append(Run(text, style.marks, self._link(), language))
        self._has_text = self._has_text or not text.isspace()
        if self._change is not None:
            self._aside(Reason.DELETION, self._change, text)

    def _why_not(self, style: RunStyle, deleted: bool) -> Reason | None:
        """Why a text is not shown, or None."""
        if any(not one.in_result for one in self.story.fields):
            return Reason.FIELD_CODE
        if self._mark_of_note:
            return Reason.NOTE_NUMBER
        if deleted or (self._change is not None and self._change.kind == NoteKind.DELETION):
            return Reason.DELETION
        if style.hidden:
            return Reason.HIDDEN
        if self.story.contents or any(one.is_contents for one in self.story.fields):
            return Reason.CONTENTS_LIST
        return None

    def _without_number(self, text: str, style: str) -> str:
        """Letters in the style of a number, without those that are of it."""
        was_put = self._change is not None and self._change.kind == NoteKind.INSERTION
        number, words = self._numbers.parted(style, text, was_put=was_put)
        if number:
            self._aside(Reason.LIST_NUMBER, None, number)
        return words

    def _aside(self, reason: Reason, change: Change | None, text: str) -> None:
        last = self._asides[-1] if self._asides else None
        if last is not None and last.reason == reason and last.change == change:
            last.text += text
        else:
            self._asides.append(Aside(reason, change, text))

    def _link(self) -> str:
        return self._href or next((one.href for one in reversed(self.story.fields) if one.href), "")

    def _hyperlink(self, element: Element) -> None:
        before = self._href
        relation = self.job_relation(str(element.get(f"{R}id") or ""))
        anchor = value(element, "anchor")
        if relation:
            target = f"{relation}#{anchor}" if anchor and "#" not in relation else relation
            self._href = self._mended(target)
        self._children(element)
        self._href = before

    def job_relation(self, link: str) -> str:
        relation = self.story.relations.get(link)
        return relation.target if relation is not None else ""

    def _mended(self, target: str) -> str:
        """The address; a person is told what was mended or left out, unless the text itself is."""
        address = mended(target)
        if address.doubt is not None and self._why_not(PLAIN, deleted=False) is None:
            detail = target if address.doubt == Doubt.LINK_LEFT_OUT else address.href
            self.job.doubt(address.doubt, detail, self.key)
        return address.href

    # Fields

    def _field_mark(self, mark: Element, style: RunStyle) -> None:
        fields = self.story.fields
        kind = value(mark, "fldCharType")
        if kind == "begin":
            self._chosen(mark, style)
            if len(fields) < DEEPEST_FIELD:
                fields.append(Field())
        elif kind == "separate" and fields:
            self._result_begins(fields[-1])
        elif kind == "end" and fields:
            if not fields[-1].in_result:
                self._result_begins(fields[-1])
            fields.pop()

    def _result_begins(self, one: Field) -> None:
        one.in_result = True
        if (link := one.link) is not None:
            one.href = self._mended(link) if link else ""
        if sequence := one.counts.lower():
            is_table = sequence in ("table", "tabelle", "tableau", "tabla", "таблица", "表", "جدول")
            self.caption_of = CaptionOf.TABLE if is_table else CaptionOf.FIGURE

    def _chosen(self, mark: Element, style: RunStyle) -> None:
        """What a form's list shows is no text, but the number of an entry."""
        form = mark.find(f"{W}ffData/{W}ddList")
        entries = form.findall(f"{W}listEntry") if form is not None else []
        result = value(form.find(f"{W}result")) if form is not None else ""
        place = int(result) if result.isdecimal() and len(result) < 4 else 0
        if place < len(entries):
            self._say(value(entries[place]), style)

    def _code(self, code: Element, style: RunStyle) -> None:
        text = str(code.text or "")
        if self.story.fields and not self.story.fields[-1].in_result:
            self.story.fields[-1].code.append(text)
        self._aside(Reason.FIELD_CODE, None, text)

    def _simple_field(self, element: Element) -> None:
        one = Field([value(element, "instr")])
        self.story.fields.append(one)
        self._result_begins(one)
        self._children(element)
        if one in self.story.fields:
            self.story.fields.remove(one)

    # Notes, comments, pictures, equations

    def _note(self, mark: Element, style: RunStyle) -> None:
        kind, number = _NOTE_KINDS[mark.tag], value(mark, "id")
        reason = self._why_not(style, deleted=False)
        if value(mark, "customMarkFollows").lower() in ("1", "true", "on"):
            self._mark_of_note = True
        if reason is not None:
            self.job.deleted_notes.add((kind, number))
            return
        if not self.job.has_note(kind, number):
            return
        key = self.job.note_keys.get((kind, number))
        if key is None:
            key = self.job.note_keys[kind, number] = self.job.keys.new()
            self.job.waiting_notes.append((kind, number, key))
        self.runs.append(Run("", note=key))

    def _comment(self, mark: Element, style: RunStyle | None = None) -> None:
        self.job.commented.setdefault(value(mark, "id"), self.key)

    def _symbol(self, one: Element, style: RunStyle) -> None:
        self._signs(*at_place(value(one, "font"), value(one, "char")), style)

    def _break(self, one: Element, style: RunStyle) -> None:
        self._say(" " if value(one, "type") in ("page", "column") else "\n", style)

    def _ruby(self, ruby: Element, style: RunStyle) -> None:
        """The text, and how it is read in brackets behind it."""
        base, reading = ruby.find(f"{W}rubyBase"), ruby.find(f"{W}rt")
        if base is not None:
            self._children(base)
        if reading is not None and any((one.text or "").strip() for one in reading.iter(f"{W}t")):
            self._say(" (", style)
            self._children(reading)
            self._say(")", style)

    def _drawing(self, drawing: Element, style: RunStyle = PLAIN) -> None:
        reason = self._why_not(style, deleted=False)
        if reason is not None:
            leave_out_all(drawing, reason, self.job, self.story, self.key)
            return
        drawn = read_drawing(drawing, self.job, self.story, self.key)
        for letters in drawn.letters:
            self._say(f" {letters} ", style)
        (self.after if self._has_text else self.before).extend(drawn.parts)

    def _alternatives(self, element: Element, style: RunStyle | None = None) -> None:
        """The same thing in two forms: the first is read, unless only the other says anything."""
        forms = [one for one in element if one.tag in (f"{MC}Choice", f"{MC}Fallback")]
        taken = next((one for one in forms if says_anything(one)), forms[0] if forms else None)
        for one in forms:
            if one is not taken:
                leave_out_all(one, Reason.DOUBLE, self.job, self.story, self.key)
            elif style is None:
                self._children(one)
            else:
                self._forms_of_run(one, style)

    def _forms_of_run(self, form: Element, style: RunStyle) -> None:
        for one in form:
            if (inner := self._inner.get(one.tag)) is not None:
                inner(self, one, style)
            elif one.tag == f"{W}t":
                self._say(str(one.text or ""), style)
            else:
                self._children(form)
                return

    def _equation(self, element: Element) -> None:
        for one in [element] if element.tag == f"{M}oMath" else element.iter(f"{M}oMath"):
            text = linear(one)
            shown = self._why_not(PLAIN, deleted=False) is None
            spaced = f" {text} " if element.tag == f"{M}oMathPara" else text
            self._say(spaced, PLAIN)
            if shown and text:
                source = etree.tostring(one, encoding="unicode", with_tail=False)
                self.job.equations.append(Equation(self.key, text, source))
                self.job.doubt(Doubt.EQUATION, text, self.key)

    def _control(self, element: Element) -> None:
        """A content control. Words that only ask for others are no text."""
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        if is_placeholder(element):
            leave_out_all(content, Reason.HIDDEN, self.job, self.story, self.key)
        else:
            self._children(content)

    _handlers: ClassVar[dict[str, Callable[["Inline", Element], None]]] = {
        f"{W}r": _run,
        f"{W}hyperlink": _hyperlink,
        f"{W}fldSimple": _simple_field,
        f"{W}sdt": _control,
        f"{W}commentRangeStart": _comment,
        f"{M}oMath": _equation,
        f"{M}oMathPara": _equation,
        f"{MC}AlternateContent": _alternatives,
        f"{W}drawing": _drawing,
        f"{W}pict": _drawing,
    }
    _inner: ClassVar[dict[str, Callable[["Inline", Element, RunStyle], None]]] = {
        f"{W}fldChar": _field_mark,
        f"{W}instrText": _code,
        f"{W}delInstrText": _code,
        f"{W}footnoteReference": _note,
        f"{W}endnoteReference": _note,
        f"{W}commentReference": _comment,
        f"{W}sym": _symbol,
        f"{W}br": _break,
        f"{W}ruby": _ruby,
        f"{W}drawing": _drawing,
        f"{W}pict": _drawing,
        f"{W}object": _drawing,
        f"{MC}AlternateContent": _alternatives,
    }


_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}


def is_placeholder(control: Element) -> bool:
    properties = control.find(f"{W}sdtPr")
    return properties is not None and bool(switched(properties.find(f"{W}showingPlcHdr")))


def says_anything(form: Element) -> bool:
    """Whether a form of a thing holds text or a picture."""
    texts = (f"{W}t", f"{M}t", f"{A}t")
    others = (f"{A}blip", f"{V}imagedata", f"{V}textpath", f"{CHART}chart", f"{DIAGRAM}relIds")
    return any(one.tag not in texts or (one.text or "").strip() for one in form.iter(*texts, *others))
