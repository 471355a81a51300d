"""A Word document of few parts, written by hand, so that the tests need no office program."""

import base64
import io
import zipfile
from xml.sax.saxutils import escape

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="png" ContentType="image/png"/></Types>"""
_MAIN = f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>"""
_PARTS = f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="s" Type="{_R}/styles" Target="styles.xml"/>
<Relationship Id="n" Type="{_R}/numbering" Target="numbering.xml"/>
<Relationship Id="f" Type="{_R}/footnotes" Target="footnotes.xml"/>
<Relationship Id="i" Type="{_R}/image" Target="media/pixel.png"/></Relationships>"""
_NUMBERING = f"""<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">
<w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
_HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/></w:style>' for n in range(1, 7)
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def heading(level: int, text: str) -> str:
    return paragraph(run(text), properties=f'<w:pStyle w:val="Heading{level}"/>')


def item(text: str) -> str:
    return paragraph(run(text), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')


def footnote_mark(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def table(*rows: tuple[str, ...], has_header: bool = True) -> str:
    def row(cells: tuple[str, ...], is_header: bool) -> str:
        head = "<w:trPr><w:tblHeader/></w:trPr>" if is_header else ""
        return f"<w:tr>{head}{''.join(f'<w:tc>{paragraph(run(cell))}</w:tc>' for cell in cells)}</w:tr>"

    return f"<w:tbl>{''.join(row(cells, has_header and not n) for n, cells in enumerate(rows))}</w:tbl>"


def picture(alt: str) -> str:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    return paragraph(
        f'<w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing"><wp:docPr id="1" name="p" '
        f'descr="{escape(alt)}"/><a:graphic xmlns:a="{drawing}/main"><a:graphicData><pic:pic '
        f'xmlns:pic="{drawing}/picture"><pic:blipFill><a:blip xmlns:r="{_R}" r:embed="i"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def inserted(text: str) -> str:
    return f'<w:ins w:id="9" w:author="A">{run(text)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="8" w:author="A"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def word_file(*body: str, footnotes: dict[int, str] | None = None) -> bytes:
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(run(text))}</w:footnote>' for number, text in (footnotes or {}).items()
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _MAIN,
        "word/_rels/document.xml.rels": _PARTS,
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{_HEADINGS}</w:styles>',
        "word/numbering.xml": _NUMBERING,
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{_W}">{notes}</w:footnotes>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>',
        "word/media/pixel.png": PIXEL,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
