"""Pages of a PDF drawn line by line, without tags, and a file with a structure tree of one's own."""

import io

import pikepdf
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from formats import pdf
from formats.draft import Draft
from tests.formats.accounting import unaccounted

WIDTH, HEIGHT = A4
SENTENCE = "Best practice forums gather people of many backgrounds to write down what worked."


def read(content: bytes) -> Draft:
    """The draft of a file, each of whose words it accounts for."""
    draft = pdf.read(content, "file.pdf")
    assert unaccounted(pdf.words(content), draft) == ""
    return draft


def picture() -> ImageReader:
    return ImageReader(Image.new("RGB", (40, 40), (200, 30, 30)))


class Sheet:
    """A page drawn line by line, as a program without tags does it."""

    def __init__(self) -> None:
        self.target = io.BytesIO()
        self.canvas = Canvas(self.target, pagesize=A4, invariant=True)
        self.y = HEIGHT - 90

    def at(self, x, text, size=11.0, font="Helvetica"):
        """Text on the open line; where it ends."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y, text)
        return x + self.canvas.stringWidth(text, font, size)

    def line(self, text, x=72.0, size=11.0, font="Helvetica", gap=1.25):
        self.at(x, text, size, font)
        self.y -= size * gap

    def text(self, lines, x=72.0, after=8.0, **more):
        for one in lines:
            self.line(one, x, **more)
        self.y -= after

    def page(self):
        self.canvas.showPage()
        self.y = HEIGHT - 90

    def ruled(self, rows, xs, head=True, high=20):
        """A table whose cells have rules around them. xs: of the rules across."""
        for number, row in enumerate(rows):
            for x, end, text in zip(xs, xs[1:], row, strict=False):
                self.canvas.rect(x, self.y - 6, end - x, high)
                self.at(x + 4, text, font="Helvetica-Bold" if head and not number else "Helvetica")
            self.y -= high

    def content(self) -> bytes:
        self.canvas.save()
        return self.target.getvalue()


def wrapped(text, width=80):
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


def tagged(*tree) -> bytes:
    """One page. tree: elements ("P", child, …); a child is an element or (x, text), which is a line of its own."""
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(WIDTH, HEIGHT))
    drawn: list[str] = []
    root = file.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))

    def element(parent, kind, *children):
        made = file.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name("/" + kind), P=parent, Pg=page.obj)
        )
        made.K = pikepdf.Array([child(made, one) for one in children])
        return made

    def child(parent, one):
        if isinstance(one[0], str):
            return element(parent, *one)
        x, text = one
        y = HEIGHT - 90 - 16 * len(drawn)
        drawn.append(f"/Span <</MCID {len(drawn)}>> BDC BT /F0 11 Tf {x} {y:.0f} Td ({text}) Tj ET EMC")
        return len(drawn) - 1

    root.K = pikepdf.Array([element(root, *one) for one in tree])
    root.RoleMap = pikepdf.Dictionary({"/Block Text": pikepdf.Name.P})  # as LibreOffice names what has a style
    file.Root.StructTreeRoot = root
    file.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
    page.Contents = file.make_stream("\n".join(drawn).encode("cp1252"))
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()
