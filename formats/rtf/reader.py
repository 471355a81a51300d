"""An RTF file as a draft: paragraphs by their styles and outline levels, notes, remarks and changes told. Pure."""

from dataclasses import dataclass, field, replace

from core.languages.scripts import apart
from editions.document.model import Document, Figure, Mark, Note, Run, text_of_runs
from formats.addresses import mended
from formats.draft import Doubt, Draft, NoteKind, Reason, ReviewNote
from formats.office.draft_builder import Change, DraftBuilder
from formats.office.fields import Field
from formats.office.languages import MainLanguage, believed
from formats.office.paragraph_roles import Line, Role
from formats.office.paragraphs_to_blocks import assembled, labelled, settled_title
from formats.office.passage_numbers import PassageNumbers
from formats.office.picture_kinds import is_file_name
from formats.office.runs import is_said, joined, tidy, unmarked
from formats.office.style_lists import counted_by_style
from formats.office.style_names import StyleMeaning, is_code, meaning_of, number_style
from formats.office.tables import Cell, grid
from formats.plain.typed_numbers import with_typed_numbers
from formats.rtf.control_words import (
    EQUATION,
    GROUP_NUMBERS,
    GROUP_SWITCHES,
    LANGUAGES,
    LOOK_NUMBERS,
    LOOK_WORDS,
    MARKS,
    READ,
    ROW_WORDS,
    THROUGH,
    TOGGLES,
)
from formats.rtf.destinations import (
    DESCRIPTION,
    EQUATION_PARTS,
    KNOWN,
    PARAGRAPH_ENDS,
    RUNNING,
    SAID_OF_ITSELF,
    SHAPE_PICTURE,
    is_unsaid,
)
from formats.rtf.picture import RtfPicture
from formats.rtf.story import Group, Look, Shape, Story, label_of, lines_of, moment_of, together, typed_label
from formats.rtf.tokens import Token, Tokenizer

DEEPEST = 12  # styles in a chain
_BETWEEN_CELLS = Run(" | ")
_STORIES = {"footnote": "footnotes", "annotation": "comments", "shptxt": "text boxes"}


@dataclass(slots=True, kw_only=True)
class RtfReader(DraftBuilder):
    groups: list[Group] = field(default_factory=lambda: [Group()])
    stories: list[Story] = field(default_factory=lambda: [Story("text")])
    styles: dict[int, str] = field(default_factory=dict)
    char_styles: dict[int, str] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    main: MainLanguage = field(default_factory=MainLanguage)
    annotator: str = ""
    style_number: tuple[str, int] = ("", 0)
    based_on: dict[int, int] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)  # that are open, innermost last
    collected: list[str] = field(default_factory=list)
    picture: RtfPicture = field(default_factory=RtfPicture)
    shape_property: str = ""
    starred: bool = False
    default_languages: dict[str, int] = field(default_factory=dict)  # by "deflang", and "deflangfe" for Chinese

    def run(self, content: bytes) -> None:
        for token in Tokenizer(content):
            if token.kind == "{":
                self.groups.append(replace(self.groups[-1], opened=""))
            elif token.kind == "}":
                self._close(self.groups.pop())
            elif token.kind == "text":
                self._text(token.name)
            elif token.kind == "unknown":
                self._unknown(token.name)
            elif token.kind == "word":
                self._word(token)
            self.starred = token.kind == "*"
        while len(self.groups) > 1:
            self._close(self.groups.pop())
        while len(self.stories) > 1:
            self._close_story(self.stories.pop())
        self._end_of_story(self.story)
        self.renamed[self.story.line_key] = ""

    @property
    def group(self) -> Group:
        return self.groups[-1]

    @property
    def story(self) -> Story:
        return self.stories[-1]

    # Text

    def _text(self, text: str) -> None:
        group, story = self.group, self.story
        if group.dest == "":
            self._say(text)
        elif group.dest == "fldinst":
            if story.fields:
                story.fields[-1].code.append(text)
            else:
                self.leave_out(Reason.FIELD_CODE, text, "field codes", story.line_key)
        elif group.dest in ("listtext", "pntext"):
            story.look.label += text
        elif group.dest == "pict":
            self.picture.digits.append(text)
        elif group.dest != "unsaid":
            self.collected.append(text)

    def _unknown(self, sign: str) -> None:
        """A sign of a symbol font. The bullet of a list is one whatever it shows."""
        group = self.group
        if group.dest in ("listtext", "pntext"):
            self.story.look.label += "•"
        elif group.dest == "" and not group.hidden and not group.deleted:
            self.doubt(Doubt.SIGN_UNKNOWN, sign, self._line_key())

    def _say(self, text: str) -> None:
        group, story = self.group, self.story
        story.line_key = story.line_key or story.key or self.keys.new()
        if group.number:
            number, text = story.numbers.parted(group.number, text, was_put=group.inserted)
            if number:
                story.asides.append((Reason.LIST_NUMBER, None, number))
            if not text:
                return
        if any(one.is_contents for one in story.fields):
            story.asides.append((Reason.CONTENTS_LIST, None, text))
        elif group.deleted:
            change = Change(NoteKind.DELETION, self._author(group.deleter), moment_of(group.deleted_at))
            story.asides.append((Reason.DELETION, change, text))
        elif group.hidden:
            story.asides.append((Reason.HIDDEN, None, text))
        else:
            numbers = (
                group.language or self.default_languages.get("deflang", 0),
                group.far_language or self.default_languages.get("deflangfe", 0),
            )
            declared = believed((LANGUAGES.get(number, "") for number in numbers), text)
            if story.kind == "text":
                self.main.add(declared, text)
            language = apart(declared, self.language)
            href = next((one.href for one in reversed(story.fields) if one.href), "")
            marks = group.marks | ({Mark.CODE} if group.code else frozenset())
            story.runs.append(Run(text, marks, href, language))
            if group.inserted:
                change = Change(NoteKind.INSERTION, self._author(group.inserter), moment_of(group.inserted_at))
                story.asides.append((Reason.DELETION, change, text))

    def _author(self, number: int) -> str:
        name = self.authors[number] if 0 <= number < len(self.authors) else ""
        return "" if name == "Unknown" else name

    # Words of control

    def _word(self, token: Token) -> None:
        name, group = token.name, self.group
        if group.dest == "unsaid":
            return
        if group.dest == "stylesheet" and name in ("s", "cs", "ds", "ts"):
            self.style_number = (name, token.number or 0)
        elif group.dest == "stylesheet" and name == "sbasedon":
            self.based_on[self.style_number[1]] = token.number or 0
        elif name == "shpinst":
            group.opened = name
            self.shapes.append(Shape())
        elif (is_unsaid(name) and name not in READ) or (self.starred and name not in KNOWN and name not in READ):
            group.dest = "unsaid"
        elif name in READ or (name in KNOWN and name not in THROUGH):
            self._open(name)
        elif group.dest == "pict":
            self.picture.note(name, token.number)
        elif name in ("deflang", "deflangfe") and token.number:
            self.default_languages[name] = token.number
        elif group.dest == "":
            self._state(name, token.number)

    def _open(self, name: str) -> None:
        group, story = self.group, self.story
        if name in _STORIES or name in RUNNING:
            self._open_story(name)
            return
        group.opened = name
        if name in EQUATION_PARTS:
            self._part_of_equation(name)
        elif name == "field":
            story.fields.append(Field())
        elif name == "fldrslt":
            group.dest = ""
            if story.fields:
                self._result_begins(story.fields[-1])
        else:
            group.dest = name
            if name == "pict":
                self.picture = RtfPicture()
            elif name == "sv" and self.shape_property != DESCRIPTION:
                group.dest = "shape" if self.shape_property == SHAPE_PICTURE else "unsaid"
            elif name in ("listtext", "pntext"):
                story.look.label = ""
            elif name != "fldinst":
                self.collected = []

    def _part_of_equation(self, name: str) -> None:
        """Its runs go on from here; `_close` puts brackets around them where they are more than one sign."""
        if before := EQUATION_PARTS[name]:
            self._say(before)
        self.group.begun = len(self.story.runs)

    def _end_of_part(self, name: str, begun: int) -> None:
        runs = self.story.runs
        text = text_of_runs(runs[begun:]).strip()
        if name == EQUATION:
            if text:
                self.doubt(Doubt.EQUATION, text, self._line_key())
        elif not text:
            if EQUATION_PARTS[name] and begun and runs[begun - 1].text == EQUATION_PARTS[name]:
                del runs[begun - 1]
        elif not text.isalnum():
            runs.insert(begun, Run("("))
            runs.append(Run(")"))

    def _result_begins(self, one: Field) -> None:
        one.in_result = True
        code = "".join(one.code)
        self.leave_out(Reason.FIELD_CODE, code, "field codes", self.story.line_key)
        link = one.link
        if link:
            address = mended(link)
            one.href = address.href
            if address.doubt is not None:
                detail = link if address.doubt == Doubt.LINK_LEFT_OUT else address.href
                self.doubt(address.doubt, detail, self._line_key())

    def _line_key(self) -> str:
        story = self.story
        story.line_key = story.line_key or story.key or self.keys.new()
        return story.line_key

    def _open_story(self, name: str) -> None:
        group, before = self.group, self.story
        key = before.line_key if name in RUNNING else self._line_key()
        if name == "footnote":
            if before.kind == "text" and not group.deleted and not group.hidden:
                key = self.keys.new()
                before.runs.append(Run("", note=key))
            else:
                key = ""
        self.stories.append(Story(name, "" if name == "shptxt" else key or "-"))
        group.opened, group.dest = name, ""
        group.marks, group.hidden = frozenset(), False

    def _state(self, name: str, number: int | None) -> None:
        is_on = number != 0
        if name in MARKS:
            self._mark(name, is_on)
        elif name in GROUP_SWITCHES:
            setattr(self.group, GROUP_SWITCHES[name], is_on)
        elif name in GROUP_NUMBERS:
            setattr(self.group, GROUP_NUMBERS[name], number or 0)
        elif name == "cs":
            self.group.code = is_code(self.char_styles.get(number or 0, ""))
            self.group.number = number_style(self.char_styles.get(number or 0, ""))
        elif name in LOOK_WORDS:
            self._look_word(name, number)
        elif name in ROW_WORDS:
            self._row_word(name)
        elif name in PARAGRAPH_ENDS:
            self._end(name)

    def _mark(self, name: str, is_on: bool) -> None:
        group = self.group
        if name == "plain":
            group.marks, group.hidden, group.code = frozenset(), False, False
            group.language = group.far_language = 0
            group.deleted = group.inserted = False
        elif name in TOGGLES:
            mark = {TOGGLES[name]}
            group.marks = group.marks | mark if is_on else group.marks - mark
        else:
            group.marks -= {Mark.SUPERSCRIPT, Mark.SUBSCRIPT}
            if name != "nosupersub" and is_on:
                group.marks |= {Mark.SUPERSCRIPT if name == "super" else Mark.SUBSCRIPT}

    def _look_word(self, name: str, number: int | None) -> None:
        look = self.story.look
        if name == "pard":
            self.story.look = Look(label=look.label)
        elif name == "fi":
            look.hanging = (number or 0) < 0
        elif name in ("intbl", "itap"):
            look.in_table = number != 0
        else:
            setattr(look, LOOK_NUMBERS[name], number or 0)

    def _row_word(self, name: str) -> None:
        story = self.story
        if name == "trowd":
            story.merges, story.is_head = [], False
        elif name == "trhdr":
            story.is_head = True
        elif name == "cellx":
            story.merges.append("")
        elif name in ("clmrg", "clvmrg"):
            story.merged = story.merged or "?"

    # Ends

    def _end(self, name: str) -> None:
        story = self.story
        if name in ("page", "column"):
            self._say(" ") if story.runs else None
        elif name in ("par", "sect"):
            if story.look.in_table:
                self._line_of_cell()
            else:
                self._end_of_table(story)
                self._end_of_line(story)
        elif name == "nestcell":
            story.runs.append(_BETWEEN_CELLS)
        elif name == "nestrow":
            self._end_of_nested_row(story)
        elif name == "cell":
            self._line_of_cell()
            runs = joined(story.lines)
            if story.merged == "?" and is_said(runs):
                story.merged = text_of_runs(runs)
            story.cells.append(Cell(runs))
            story.lines, story.nested = [], False
        elif name == "row":
            self._end_of_row(story)

    def _end_of_nested_row(self, story: Story) -> None:
        """Cells of a table in a cell are a line of that one; the table is told once."""
        while story.runs and (story.runs[-1] is _BETWEEN_CELLS or story.runs[-1].text.isspace()):
            story.runs.pop()
        text = text_of_runs(story.runs)
        self._line_of_cell()
        if text.strip() and not story.nested:
            story.nested = True
            self.doubt(Doubt.NESTED_TABLE, " ".join(text.split()), story.row_key)

    def _line_of_cell(self) -> None:
        story = self.story
        story.row_key = story.row_key or story.line_key or self.keys.new()
        label = label_of(story.look)
        self._finish_asides(story, story.row_key)
        runs = tidy(story.runs)
        if is_said(runs):
            story.lines.append(labelled(label, runs))
        if label is not None:
            self.leave_out(Reason.LIST_NUMBER, story.look.label, "list numbers", story.row_key)
        if story.line_key and story.line_key != story.row_key:
            self.renamed[story.line_key] = story.row_key
        story.runs, story.line_key, story.look.label, story.numbers = [], "", "", PassageNumbers()

    def _end_of_row(self, story: Story) -> None:
        if story.cells:
            if story.is_head and story.heads == len(story.rows):
                story.heads += 1
            story.rows.append((story.row_key or self.keys.new(), story.cells))
        story.cells, story.lines, story.row_key = [], [], ""

    def _end_of_table(self, story: Story) -> None:
        if story.lines:
            story.cells.append(Cell(joined(story.lines)))
        self._end_of_row(story)
        rows = [(key, cells) for key, cells in story.rows if any(is_said(cell.runs) for cell in cells)]
        if not rows:
            story.rows = []
            return
        key = self.keys.new()
        heads = min(story.heads, len(rows) - 1)
        if not heads and len(rows) > 1:
            heads = 1
            self.doubt(Doubt.HEADINGS_FROM_FIRST_ROW, " | ".join(text_of_runs(cell.runs) for cell in rows[0][1]), key)
        merged = story.merged.replace("?", "–")
        story.pieces.append(grid(key, rows, heads, False, merged, self.findings))
        story.pieces += story.behind
        story.rows, story.heads, story.merged, story.behind = [], 0, "", []

    def _end_of_line(self, story: Story) -> None:
        key = story.line_key or self.keys.new()
        self._finish_asides(story, key)
        label = label_of(story.look)
        runs = story.runs
        if label is not None:
            self.leave_out(Reason.LIST_NUMBER, story.look.label, "list numbers", key)
        elif (typed := typed_label(story)) is not None:
            label, runs = typed
            text = text_of_runs(story.runs)[: len(text_of_runs(story.runs)) - len(text_of_runs(runs))]
            self.leave_out(Reason.LIST_NUMBER, text, "list numbers", key)
        tidied = tidy(runs)
        if is_said(tidied):
            meaning = self._meaning(story.look)
            if label is None and meaning.list_level and meaning.role == Role.BODY:
                label = counted_by_style(f"style{story.look.style}", meaning, story.pieces)
            if meaning.role in (Role.QUOTE, Role.CAPTION):
                tidied = unmarked(unmarked(tidied), Mark.EMPHASIS)
            if meaning.contents:
                self.leave_out(Reason.CONTENTS_LIST, text_of_runs(tidied), story.kind, key)
            else:
                line = Line(key, tidied, meaning.role, meaning.level, label, meaning.continues, meaning.caption_of)
                story.pieces.append(line)
                key = ""
        story.pieces += story.behind
        story.runs, story.line_key, story.behind = [], key if story.key == "" else story.key, []
        story.look.label, story.numbers = "", PassageNumbers()

    def _meaning(self, look: Look) -> StyleMeaning:
        meaning = self._meaning_of_style(look.style)
        if meaning.role == Role.BODY and not meaning.contents and 0 <= look.outline < 9:
            return StyleMeaning(Role.HEADING, look.outline + 1)
        return meaning

    def _meaning_of_style(self, style: int) -> StyleMeaning:
        """Its own, or that of a style it is based on: of one based on that of titles, that it may be one."""
        like_title = False
        for place in range(DEEPEST):
            meaning = meaning_of(self.styles.get(style, ""))
            if meaning is not None and not (place and meaning.role in (Role.TITLE, Role.SUBTITLE)):
                return meaning
            like_title = like_title or (meaning is not None and meaning.role == Role.TITLE)
            style = self.based_on.get(style, -1)
        return StyleMeaning(Role.LIKE_TITLE if like_title else Role.BODY)

    def _finish_asides(self, story: Story, key: str) -> None:
        place = _STORIES.get(story.kind, "text")
        for reason, change, text in together(story.asides):
            if change is not None:
                self.remark(change, text, key)
            if change is None or change.kind == NoteKind.DELETION:
                self.leave_out(reason, text, place, key)
        story.asides = []

    def _end_of_story(self, story: Story) -> None:
        if story.look.in_table and story.runs:
            self._line_of_cell()
        self._end_of_table(story)
        self._end_of_line(story)

    def _close(self, group: Group) -> None:
        name = group.opened
        if name in _STORIES or name in RUNNING:
            self._close_story(self.stories.pop())
        elif name == "field" and self.story.fields:
            one = self.story.fields[-1]
            if not one.in_result:
                self._result_begins(one)
            self.story.fields.pop()
        elif name in EQUATION_PARTS:
            self._end_of_part(name, group.begun)
        elif name == "pict":
            self._close_picture()
        elif name == "shpinst":
            self._close_shape(self.shapes.pop())
        else:
            self._close_said(name, group)

    def _close_said(self, name: str, group: Group) -> None:
        """A group whose words were collected."""
        if name in ("xe", "tc"):
            self.leave_out(Reason.FIELD_CODE, "".join(self.collected), "field codes", self.story.line_key)
        elif name in SAID_OF_ITSELF or name == "author":
            self.said[name] = "".join(self.collected).strip()
        elif name == "objclass":  # a file that the text shows as a picture or an icon
            self.doubt(Doubt.ATTACHMENT, "".join(self.collected).strip(), self._line_key())
        elif name == "sn":
            self.shape_property = "".join(self.collected).strip()
        elif name == "sv" and group.dest == "sv":
            self._described("".join(self.collected).strip())
        elif name == "atnauthor":
            self.annotator = "".join(self.collected).strip()
        elif group.dest == self.groups[-1].dest and group.dest in ("stylesheet", "revtbl"):
            self._close_entry(self.groups[-1].dest)

    def _close_entry(self, table: str) -> None:
        text = "".join(self.collected).strip().rstrip(";")
        self.collected = []
        if table == "revtbl":
            self.authors.append(text)
        else:
            kind, number = self.style_number
            (self.char_styles if kind == "cs" else self.styles)[number] = text
            self.style_number = ("", 0)

    def _close_story(self, story: Story) -> None:
        self._end_of_story(story)
        around = self.story
        if story.kind == "shptxt":
            around.behind += [one for one in story.pieces if isinstance(one, Figure)]
            around.pieces += [one for one in story.pieces if not isinstance(one, Figure)]
            return
        lines = [one for piece in story.pieces for one in lines_of(piece)]
        around.behind += [one for one in story.pieces if isinstance(one, Figure)]
        runs = joined(lines)
        text = text_of_runs(runs)
        for piece in story.pieces:
            if not isinstance(piece, Figure):
                self.renamed[piece.key] = story.key if story.key != "-" else ""
        if story.kind == "annotation":
            self.leave_out(Reason.COMMENT, text, "comments", story.key)
            self.review_notes.append(ReviewNote(NoteKind.COMMENT, text, story.key, self.annotator))
            self.annotator = ""
        elif story.kind in RUNNING:
            self.leave_out(Reason.RUNNING_HEAD, text, "headers and footers", "")
        elif story.key != "-":
            self.notes.append(Note(story.key, runs))
        else:
            self.leave_out(Reason.DELETION, text, "footnotes", "")

    def _described(self, text: str) -> None:
        """What a shape says of itself: of a picture its description, of a text box told."""
        if any(one.opened == "pict" for one in self.groups):
            self.picture.alt = " ".join(text.split())
        elif self.shapes:
            self.shapes[-1].alt = " ".join(text.split())
        else:
            self.leave_out(Reason.PICTURE, text, "descriptions of pictures", self._line_key())

    def _close_picture(self) -> None:
        content = self.picture.content()
        if self.stories[-1].kind in RUNNING or not content:
            return
        name, kind = self.keep_picture("", content)
        if not name:
            self.doubt(Doubt.PICTURE_KIND, self.picture.kind or kind, self._line_key())
            self.leave_out(Reason.PICTURE, self.picture.alt, "descriptions of pictures", self._line_key())
            return
        in_shape = self.shapes and any(one.dest == "shape" for one in self.groups)
        if in_shape:
            self.shapes[-1].figure = len(self.story.behind)
        alt = "" if is_file_name(self.picture.alt) else self.picture.alt
        figure = Figure(self.keys.new(), name, alt, (), 0, 0)
        if not alt and not in_shape:
            self.doubt(Doubt.PICTURE_WITHOUT_ALT, name, figure.key)
        self.story.behind.append(figure)

    def _close_shape(self, shape: Shape) -> None:
        """Its description may stand before its picture or behind it."""
        behind = self.story.behind
        figure = behind[shape.figure] if 0 <= shape.figure < len(behind) else None
        if figure is None or is_file_name(shape.alt):
            self.leave_out(Reason.PICTURE, shape.alt, "descriptions of pictures", self.story.line_key)
        elif shape.alt:
            behind[shape.figure] = replace(figure, alt=shape.alt)
        if figure is not None and not behind[shape.figure].alt:
            self.doubt(Doubt.PICTURE_WITHOUT_ALT, figure.source, figure.key)


def read(content: bytes, name: str) -> Draft:
    """Raises UnreadableFile. Read twice where it names languages: which is the main one shows at the end."""
    reader = RtfReader()
    reader.run(content)
    if main := reader.main.language:
        reader = RtfReader(language=main)
        reader.run(content)
    found = assembled(with_typed_numbers(reader.stories[0].pieces, reader), reader.keys)
    reader.findings += found.findings
    reader.renamed |= found.moved
    said = [(name, reader.said[name]) for name in SAID_OF_ITSELF if reader.said.get(name)]
    title = settled_title(found, said, reader)
    document = Document(title, reader.language, found.blocks, found.subtitle, tuple(reader.notes))
    return reader.draft(document, reader.said.get("author", ""), None)
