"""OpenDocument texts for tests, put together from the XML of their parts."""

from formats.draft import Draft
from formats.ledger import Ledger, account
from formats.odt import read, words
from tests.formats.docx.docx_files import zipped

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "office": _OASIS + "office:1.0",
        "text": _OASIS + "text:1.0",
        "table": _OASIS + "table:1.0",
        "style": _OASIS + "style:1.0",
        "draw": _OASIS + "drawing:1.0",
        "meta": _OASIS + "meta:1.0",
        "fo": _OASIS + "xsl-fo-compatible:1.0",
        "svg": _OASIS + "svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
        "math": "http://www.w3.org/1998/Math/MathML",
    }.items()
)
STYLES = """
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"/>
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="Caption" style:family="paragraph"/>
<style:style style:name="Illustration" style:family="paragraph" style:parent-style-name="Caption"/>
<style:style style:name="Strong_20_Emphasis" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Source_20_Text" style:family="text"/>
"""


def odt(
    body: str, *, automatic: str = "", styles: str = STYLES, master: str = "", meta: str = "",
    objects: dict[str, str] | None = None, media: dict[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    """objects: content of embedded objects by name."""
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {NAMES}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{master}</office:master-styles></office:document-styles>",
        "meta.xml": f"<office:document-meta {NAMES}><office:meta>{meta}</office:meta></office:document-meta>",
    }
    parts |= {f"{name}/content.xml": content for name, content in (objects or {}).items()}
    return zipped(parts | dict(media or {}))


def flat(body: str, automatic: str = "", meta: str = "") -> bytes:
    """The same in one file of XML."""
    return (
        f'<?xml version="1.0"?><office:document {NAMES}><office:meta>{meta}</office:meta><office:styles>{STYLES}'
        f"</office:styles><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}"
        "</office:text></office:body></office:document>"
    ).encode()


def opened(content: bytes) -> tuple[Draft, Ledger]:
    """Read, with a ledger that must balance."""
    draft = read(content, "draft.odt")
    ledger = account(draft, words(content))
    assert ledger.unaccounted == ()
    return draft, ledger
