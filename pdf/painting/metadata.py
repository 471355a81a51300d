"""What a PDF says about itself: information dictionary, XMP packet, output intent. They agree with each other.

PDF/A-2a or 3a (ISO 19005-2, -3) and PDF/UA-1 (ISO 14289-1). The extension schema describes the PDF/UA property to
PDF/A checkers, as ISO 19005-2, 6.6.2.3 asks of every schema that XMP itself does not define. A file of PDF 2.0 is
PDF/A-4f (ISO 19005-4) and PDF/UA-2 (ISO 14289-2); the last step takes its information dictionary away.
"""

from datetime import UTC
from functools import cache
from html import escape  # xml.sax has the same, and loads http and TLS with it: 3 MB of a print
from typing import Any

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFStream, PDFString, PDFZCompress

from pdf.painting.tagged_canvas import TaggedCanvas
from pdf.placed_document import DocumentInfo
from pdf.tagging.structure_tree_writer import utf16

PRODUCER = "BPF Library with ReportLab"

EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""

CONFORMANCE = """<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
"""
CONFORMANCE_2 = """<pdfaid:part>4</pdfaid:part>
<pdfaid:rev>2020</pdfaid:rev>
<pdfaid:conformance>F</pdfaid:conformance>
<pdfuaid:part>2</pdfuaid:part>
<pdfuaid:rev>2024</pdfuaid:rev>
"""


def put(canvas: TaggedCanvas, info: DocumentInfo) -> None:
    """Write all of it into a canvas's document."""
    document = canvas._doc
    document.info = _Information(info)
    document.Catalog.Lang = PDFString(info.language)
    metadata = PDFStream(
        dictionary=PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), content=packet(info)
    )
    metadata.filters = []
    document.Catalog.Metadata = metadata
    profile = PDFStream(dictionary=PDFDictionary({"N": 3}), content=srgb(), filters=[PDFZCompress])
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        }
    )
    document.Catalog.OutputIntents = PDFArray([intent])


class _Information(PDFObject):  # type: ignore[misc]
    """The information dictionary, with the edition's date where reportlab would put the time or the year 2000."""

    def __init__(self, info: DocumentInfo) -> None:
        self.info = info
        self.invariant = 1

    def digest(self, signature: Any) -> None:
        signature.update(f"{self.info.identifier}\n{self.info.title}".encode())

    def format(self, document: Any) -> bytes:
        info = self.info
        date = info.date.astimezone(UTC).strftime("(D:%Y%m%d%H%M%S+00'00')")
        parts = {
            "Title": utf16(info.title),
            "Author": utf16(", ".join(info.creators)),
            "Subject": utf16(info.description),
            "Keywords": utf16(", ".join(info.keywords)),
            "Creator": utf16(PRODUCER),
            "Producer": utf16(PRODUCER),
            "CreationDate": date,
            "ModDate": date,
        }
        return f"<<{' '.join(f'/{name} {value}' for name, value in parts.items())}>>".encode("ascii")


def packet(info: DocumentInfo) -> bytes:
    """The XMP packet, UTF-8."""
    date = info.date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def clean(text: str) -> str:
        return escape("".join(char for char in text if char >= " " and char not in "\ufffe\uffff"), quote=False)

    def alternatives(text: str) -> str:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{clean(text)}</rdf:li></rdf:Alt>'

    creators = "".join(f"<rdf:li>{clean(creator)}</rdf:li>" for creator in (", ".join(info.creators),))
    subjects = "".join(f"<rdf:li>{clean(keyword)}</rdf:li>" for keyword in info.keywords)
    body = f"""<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title>{alternatives(info.title)}</dc:title>
<dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator>
<dc:description>{alternatives(info.description)}</dc:description>
<dc:language><rdf:Bag><rdf:li>{clean(info.language)}</rdf:li></rdf:Bag></dc:language>
<dc:rights>{alternatives(info.rights)}</dc:rights>
<dc:identifier>{clean(info.identifier)}</dc:identifier>
<dc:subject><rdf:Bag>{subjects}</rdf:Bag></dc:subject>
<pdf:Keywords>{clean(", ".join(info.keywords))}</pdf:Keywords>
<pdf:Producer>{PRODUCER}</pdf:Producer>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
{CONFORMANCE_2 if info.is_pdf_2 else CONFORMANCE.format(part=info.part)}</rdf:Description>
"""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'{body}{"" if info.is_pdf_2 else EXTENSION}</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


@cache
def srgb() -> bytes:
    """The sRGB profile that Little CMS makes, with the date of its making fixed (ICC.1:2010, 7.2.8: bytes 24 to 35)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = b"".join(part.to_bytes(2, "big") for part in (2024, 1, 1, 0, 0, 0))
    return bytes(profile)
