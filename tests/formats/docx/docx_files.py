"""Word files for tests, put together from the XML of their parts."""

import io
import zipfile
from html import escape
from pathlib import Path

from formats.docx import read, words
from formats.draft import Draft
from formats.ledger import Ledger, account
from tests.formats.blocks import blocks

CASES = Path(__file__).parents[1] / "cases"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": OFFICE,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6364f8cf500f0003860180"
    "5a34697b0000000049454e44ae426082"
)
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Unseen"><w:name w:val="Unseen"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
SIGNED = 'w:author="M. Okoro" w:date="2026-02-03T10:00:00Z"'


def t(text: str, look: str = "") -> str:
    """A run."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def deleted(text: str) -> str:
    return f'<w:del w:id="1" {SIGNED}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="2" {SIGNED}>{t(text)}</w:ins>'


def p(content: str = "", style: str = "", properties: str = "") -> str:
    """A paragraph; content without markup becomes a run."""
    if content and "<" not in content:
        content = t(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


def item(text: str, number: int = 1, level: int = 0) -> str:
    return p(text, "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def field(code: str, result: str) -> str:
    """A complex field; result: runs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
    return mark.format("begin") + instruction + mark.format("separate") + result + mark.format("end")


def table(*rows: str, look: str = "") -> str:
    return f"<w:tbl><w:tblPr>{look}</w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Cells without markup become paragraphs."""
    drawn = "".join(one if one.startswith("<w:tc") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{drawn}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if '<' in content else p(content)}</w:tc>"


def picture(link: str, description: str = "", attributes: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{description}" {attributes}/><a:graphic>'
        f'<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{link}"/></pic:blipFill></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def level(place: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*definitions: str, nums: str = "") -> str:
    """Abstract definitions 0, 1, … each with a list of the next number; nums: further lists."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{place}">{one}</w:abstractNum>' for place, one in enumerate(definitions)
    )
    lists = "".join(
        f'<w:num w:numId="{place + 1}"><w:abstractNumId w:val="{place}"/></w:num>' for place in range(len(definitions))
    )
    return abstract + lists + nums


def note(number: str, content: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{number}">{content if "<" in content else p(content)}</w:{kind}>'


def docx(
    body: str, *, styles: str = STYLES, numbers: str = "", footnotes: str = "", endnotes: str = "", comments: str = "",
    header: str = "", core: str = "", links: dict[str, str] | None = None, media: dict[str, bytes] | None = None,
    main: str = "word/document.xml", strict: bool = False,
) -> bytes:  # fmt: skip
    """links: addresses by relationship id. media: pictures by relationship id, each with its name's ending in the id."""
    parts = {"styles": styles, "numbering": numbers, "footnotes": footnotes, "endnotes": endnotes, "comments": comments}
    folder = main.rpartition("/")[0]
    related, files = [], {}
    for place, (kind, content) in enumerate(parts.items()):
        if content:
            files[f"{folder}/{kind}{place}.xml"] = f"<w:{kind} {NAMES}>{content}</w:{kind}>"
            related.append(f'<Relationship Id="p{place}" Type="{OFFICE}/{kind}" Target="{kind}{place}.xml"/>')
    if header:
        files[f"{folder}/header9.xml"] = f"<w:hdr {NAMES}>{header}</w:hdr>"
        related.append(f'<Relationship Id="h9" Type="{OFFICE}/header" Target="header9.xml"/>')
    for link, target in (links or {}).items():
        address = escape(target)
        related.append(
            f'<Relationship Id="{link}" Type="{OFFICE}/hyperlink" Target="{address}" TargetMode="External"/>'
        )
    for link in media or {}:
        related.append(f'<Relationship Id="{link}" Type="{OFFICE}/image" Target="media/{link}"/>')
    files[main] = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    name = main.rpartition("/")[2]
    files[f"{folder}/_rels/{name}.rels"] = _relationships("".join(related))
    top = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="{main}"/>'
    if core:
        kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
        top += f'<Relationship Id="r2" Type="{kind}" Target="docProps/core.xml"/>'
        files["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f"{core}</cp:coreProperties>"
        )
    files["_rels/.rels"] = _relationships(top)
    files["[Content_Types].xml"] = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    if strict:
        files = {part: _strict(content) for part, content in files.items()}
    return zipped({**files, **{f"{folder}/media/{link}": content for link, content in (media or {}).items()}})


def _relationships(content: str) -> str:
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{name}">{content}</Relationships>'


def _strict(content: str) -> str:
    for usual, strict in (
        ("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"),
        (
            "schemas.openxmlformats.org/officeDocument/2006/relationships",
            "purl.oclc.org/ooxml/officeDocument/relationships",
        ),
        ("schemas.openxmlformats.org/officeDocument/2006/math", "purl.oclc.org/ooxml/officeDocument/math"),
        ("schemas.openxmlformats.org/drawingml/2006/", "purl.oclc.org/ooxml/drawingml/"),
    ):
        content = content.replace(usual, strict)
    return content


def zipped(files: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def opened(content: bytes) -> tuple[Draft, Ledger]:
    """Read, with a ledger that must balance."""
    draft = read(content, "draft.docx")
    ledger = account(draft, words(content))
    assert ledger.unaccounted == ()
    return draft, ledger


def body(content: str, **parts: object) -> list[object]:
    draft, _ = opened(docx(content, **parts))  # type: ignore[arg-type]
    return blocks(draft.document)


DECIMAL = level(0, "decimal", "%1.") + level(1, "decimal", "%2.")
BULLET = level(0, "bullet", "•") + level(1, "bullet", "o")
