"""Whatever a valid file nests in what: no word is lost, and nothing left out shows up in the text."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from formats.ledger import draft_texts
from tests.examples import examples
from tests.formats.docx import docx_files
from tests.formats.docx.docx_files import (
    BULLET,
    DECIMAL,
    PNG,
    SIGNED,
    cell,
    field,
    note,
    numbering,
    p,
    picture,
    row,
    t,
    table,
)
from tests.formats.office import odt_files
from tests.formats.office.rtf_files import opened as opened_rtf

STYLES = ["", "", "", "Heading1", "Heading2", "Title", "Quote", "Caption", "TOC1", "Unseen"]


class Words:
    """Words that occur once, each with a blank behind it. Those of `unseen` must not be in the text."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.count = 0

    def some(self, prefix: str = "w") -> str:
        found = []
        for _ in range(self.draw.randint(1, 3)):
            self.count += 1
            found.append(f"{prefix}{self.count}x")
        return " ".join(found) + self.draw.choice([" ", ". "])


class WordFile(Words):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.notes: list[str] = []
        self.comments: list[str] = []

    def inline(self, depth: int = 0) -> str:
        makers = [self.plain] * 4 + [self.gone, self.hidden, self.mark, self.comment, self.signs]
        if depth < 3:
            makers += [self.added, self.link, self.code, self.control, self.wrapped, self.box, self.maths, self.drawn]
        return "".join(self.draw.choice(makers)(depth) for _ in range(self.draw.randint(1, 4)))

    def plain(self, depth: int) -> str:
        return t(self.some(), self.draw.choice(["", "", "<w:b/>", "<w:i/>", '<w:lang w:val="fr-FR"/>']))

    def signs(self, depth: int) -> str:
        return f"<w:r><w:t>{self.some()}</w:t><w:tab/><w:t>{self.some()}</w:t><w:br/><w:noBreakHyphen/><w:softHyphen/></w:r>"

    def gone(self, depth: int) -> str:
        return docx_files.deleted(self.some("unseen"))

    def hidden(self, depth: int) -> str:
        return t(self.some("unseen"), "<w:vanish/>")

    def added(self, depth: int) -> str:
        name = self.draw.choice(["ins", "moveTo"])
        return f'<w:{name} w:id="1" {SIGNED}>{self.inline(depth + 1)}</w:{name}>'

    def link(self, depth: int) -> str:
        target = self.draw.choice(['r:id="x"', 'w:anchor="y"'])
        return f"<w:hyperlink {target}>{self.inline(depth + 1)}</w:hyperlink>"

    def code(self, depth: int) -> str:
        return field(f" REF {self.some('unseen')} ", self.inline(depth + 1))

    def control(self, depth: int) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{self.inline(depth + 1)}</w:sdtContent></w:sdt>"

    def wrapped(self, depth: int) -> str:
        return f"<w:smartTag>{self.inline(depth + 1)}</w:smartTag>"

    def mark(self, depth: int) -> str:
        number = str(len(self.notes) + 1)
        self.notes.append("")
        self.notes[int(number) - 1] = note(number, p(self.plain(3)) + p(self.plain(3) + self.gone(3)))
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    def comment(self, depth: int) -> str:
        number = len(self.comments)
        self.comments.append(f'<w:comment w:id="{number}" {SIGNED}>{p(self.some("unseen"))}</w:comment>')
        return f'<w:r><w:commentReference w:id="{number}"/></w:r>'

    def maths(self, depth: int) -> str:
        over, under = (f"<m:r><m:t>{self.some()}</m:t></m:r>" for _ in range(2))
        return f"<m:oMath><m:f><m:num>{over}</m:num><m:den>{under}</m:den></m:f></m:oMath>"

    def drawn(self, depth: int) -> str:
        return picture(self.draw.choice(["a.png", "b.emf"]), self.some())

    def box(self, depth: int) -> str:
        inner = f"<w:txbxContent>{p(self.inline(3))}</w:txbxContent>"
        shape = f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp>"
        return (
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='1' descr='{self.some()}'/>"
            f"<a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )

    def paragraph(self, depth: int) -> str:
        properties = self.draw.choice(["", "", f'<w:rPr><w:del w:id="1" {SIGNED}/></w:rPr>'])
        if self.draw.random() < 0.3:
            properties = f'<w:numPr><w:ilvl w:val="{self.draw.randint(0, 1)}"/><w:numId w:val="{self.draw.randint(1, 2)}"/></w:numPr>'
        return p(self.inline(depth), self.draw.choice(STYLES), properties)

    def blocks(self, depth: int = 0) -> str:
        found = []
        for _ in range(self.draw.randint(1, 5)):
            kind = self.draw.random()
            if kind < 0.2 and depth < 2:
                rows = [
                    row(*(cell(self.blocks(depth + 1) + "<w:p/>", self.draw.choice(["", "<w:vMerge/>", '<w:gridSpan w:val="2"/>']))
                          for _ in range(2)), properties=self.draw.choice(["", "<w:tblHeader/>", f'<w:del w:id="1" {SIGNED}/>']))
                    for _ in range(self.draw.randint(1, 3))
                ]  # fmt: skip
                found.append(table(*rows))
            elif kind < 0.3 and depth < 2:
                gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
                inner = self.blocks(depth + 1)
                found.append(
                    f"<w:sdt><w:sdtPr>{self.draw.choice(['', gallery])}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
                )
            else:
                found.append(self.paragraph(depth))
        return "".join(found)

    def content(self) -> bytes:
        body = self.blocks()
        return docx_files.docx(
            body, numbers=numbering(DECIMAL, BULLET), footnotes="".join(self.notes), comments="".join(self.comments),
            links={"x": "https://example.org/"}, media={"a.png": PNG, "b.emf": b"\1\0\0\0"}, header=p(self.some("unseen")),
            core=f"<dc:title>{self.some()}</dc:title>",
        )  # fmt: skip


@settings(max_examples=examples(150))
@given(st.integers(0, 2**32))
def test_word_files(seed):
    draft, _ = docx_files.opened(WordFile(seed).content())
    assert "unseen" not in " ".join(draft_texts(draft.document))


class OpenFile(Words):
    def inline(self, depth: int = 0) -> str:
        makers = [self.plain] * 4 + [self.hidden, self.remark, self.signs, self.drawn]
        if depth < 3:
            makers += [self.span, self.link, self.note, self.box]
        return "".join(self.draw.choice(makers)(depth) for _ in range(self.draw.randint(1, 4)))

    def plain(self, depth: int) -> str:
        return self.some()

    def signs(self, depth: int) -> str:
        return f"{self.some()}<text:tab/>{self.some()}<text:line-break/>{self.some()}<text:s text:c='2'/>"

    def hidden(self, depth: int) -> str:
        return f'<text:span text:style-name="T9">{self.some("unseen")}</text:span>'

    def span(self, depth: int) -> str:
        return f'<text:span text:style-name="Strong_20_Emphasis">{self.inline(depth + 1)}</text:span>'

    def link(self, depth: int) -> str:
        return f'<text:a xlink:href="{self.draw.choice(["https://example.org/", "../a.odt"])}">{self.inline(depth + 1)}</text:a>'

    def note(self, depth: int) -> str:
        return f"<text:note><text:note-citation>7</text:note-citation><text:note-body><text:p>{self.inline(3)}</text:p></text:note-body></text:note>"

    def remark(self, depth: int) -> str:
        return (
            f"<office:annotation><dc:creator>N</dc:creator><text:p>{self.some('unseen')}</text:p></office:annotation>"
        )

    def drawn(self, depth: int) -> str:
        return f'<draw:frame><draw:image xlink:href="{self.draw.choice(["a.png", "b.emf"])}"/><svg:desc>{self.some()}</svg:desc></draw:frame>'

    def box(self, depth: int) -> str:
        return f"<draw:frame><draw:text-box><text:p>{self.inline(3)}</text:p></draw:text-box><svg:title>{self.some()}</svg:title></draw:frame>"

    def blocks(self, depth: int = 0) -> str:
        found = []
        for _ in range(self.draw.randint(1, 5)):
            kind = self.draw.random()
            if kind < 0.15 and depth < 3:
                rows = "".join(
                    f"<table:table-row>{''.join(f'<table:table-cell>{self.blocks(depth + 1)}</table:table-cell>' for _ in range(2))}</table:table-row>"
                    for _ in range(2)
                )
                found.append(f"<table:table>{rows}</table:table>")
            elif kind < 0.4 and depth < 3:
                items = "".join(f"<text:list-item>{self.blocks(depth + 1)}</text:list-item>" for _ in range(2))
                found.append(f'<text:list text:style-name="L{self.draw.randint(1, 2)}">{items}</text:list>')
            elif kind < 0.5 and depth < 3:
                shown = self.draw.choice(["", 'text:style-name="S1"'])
                found.append(f"<text:section {shown}>{self.blocks(depth + 1)}</text:section>")
            elif kind < 0.6:
                found.append(f'<text:h text:outline-level="{self.draw.randint(1, 7)}">{self.inline(depth)}</text:h>')
            else:
                style = self.draw.choice(["", "", "Title", "Quotations", "Illustration"])
                found.append(f'<text:p text:style-name="{style}">{self.inline(depth)}</text:p>')
        return "".join(found)

    def content(self) -> bytes:
        automatic = '<style:style style:name="T9" style:family="text"><style:text-properties text:display="none"/></style:style>'
        automatic += '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="a"/></text:list-style>'
        return odt_files.odt(self.blocks(), automatic=automatic, media={"a.png": PNG, "b.emf": b"\1\0\0\0"},
                             meta=f"<dc:title>{self.some()}</dc:title>")  # fmt: skip


@settings(max_examples=examples(150))
@given(st.integers(0, 2**32))
def test_open_document_texts(seed):
    draft, _ = odt_files.opened(OpenFile(seed).content())
    assert "unseen" not in " ".join(draft_texts(draft.document))


class RichText(Words):
    def inline(self, depth: int = 0) -> str:
        makers = [self.plain] * 4 + [self.hidden, self.gone, self.signs]
        if depth < 2:
            makers += [self.bold, self.added, self.link, self.note, self.remark, self.box]
        return "".join(self.draw.choice(makers)(depth) for _ in range(self.draw.randint(1, 4)))

    def plain(self, depth: int) -> str:
        return self.some()

    def signs(self, depth: int) -> str:
        return rf"{self.some()}\tab {self.some()}\line {self.some()}\u233 e\'e9 "

    def hidden(self, depth: int) -> str:
        return rf"{{\v {self.some('unseen')}}}"

    def gone(self, depth: int) -> str:
        return rf"{{\deleted\revauthdel1 {self.some('unseen')}}}"

    def bold(self, depth: int) -> str:
        return rf"{{\b {self.inline(depth + 1)}}}"

    def added(self, depth: int) -> str:
        return rf"{{\revised\revauth1 {self.inline(depth + 1)}}}"

    def link(self, depth: int) -> str:
        return rf'{{\field{{\*\fldinst HYPERLINK "https://example.org/"}}{{\fldrslt {self.inline(depth + 1)}}}}}'

    def note(self, depth: int) -> str:
        return rf"{{\footnote\pard {self.inline(2)}\par {self.inline(2)}}}"

    def remark(self, depth: int) -> str:
        return rf"{{\*\atnauthor N}}{{\*\annotation {self.some('unseen')}}}"

    def box(self, depth: int) -> str:
        return (
            rf"{{\shp{{\*\shpinst{{\sp{{\sn x}}{{\sv 1}}}}{{\shptxt\pard {self.inline(2)}\par}}}}{{\shprslt double}}}}"
        )

    def blocks(self) -> str:
        found = []
        for _ in range(self.draw.randint(1, 7)):
            kind = self.draw.random()
            if kind < 0.2:
                for _ in range(2):
                    found.append(
                        rf"\trowd\cellx1\cellx2\pard\intbl {self.inline()}\par {self.inline()}\cell {self.inline(1)}\cell\row "
                    )
            elif kind < 0.4:
                found.append(rf"{{\listtext 1.\tab}}\pard\ls1\ilvl{self.draw.randint(0, 1)} {self.inline()}\par ")
            else:
                found.append(rf"\pard\plain\s{self.draw.randint(0, 5)} {self.inline()}\par ")
        return "".join(found) + rf"{{\header\pard {self.some('unseen')}\par}}"


@settings(max_examples=examples(150))
@given(st.integers(0, 2**32))
def test_rich_text(seed):
    draft, _ = opened_rtf(RichText(seed).blocks())
    assert "unseen" not in " ".join(draft_texts(draft.document))
