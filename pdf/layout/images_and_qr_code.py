"""Pictures: images of the edition, and the QR code. Each is one Figure element with a text in its place."""

import io

from PIL import Image, ImageOps
from reportlab.graphics.barcode import qrencoder

from files.images.pixels import in_eight_bits
from pdf.layout.context import LayoutContext
from pdf.layout.page_recorder import PageRecorder
from pdf.layout.paragraphs import Block
from pdf.layout.styles import INK
from pdf.placed_document import Picture, QRCode
from pdf.tagging.structure_tree import Node

MOST_PIXELS = 120_000_000  # an image that claims more is not decoded; the library takes none so large
LARGEST_SIDE = 4_000  # pixels; a photograph is decoded at half, a quarter or an eighth of its size where that is enough
DOTS_PER_POINT = 1.6  # 115 dots an inch at which an image stands at its natural size
CODE_SIZE = 74.0  # points, of the QR code
RESOLUTION = 300 / 72  # dots per point beyond which an image is made smaller before it is embedded


class UnreadableImage(Exception):
    """The bytes are no image that can be decoded, or one that claims to be too large."""


def decoded(content: bytes) -> Image.Image:
    """An image in RGB without transparency, its white paper behind it. Raises UnreadableImage."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            image: Image.Image = opened
            if image.width * image.height > MOST_PIXELS:
                raise UnreadableImage
            if image.format == "JPEG":
                image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
            image.load()
            image = in_eight_bits(ImageOps.exif_transpose(image), content)
            image.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.BOX)
            if image.mode in ("RGBA", "LA", "P", "PA"):
                layered = image.convert("RGBA")
                paper = Image.new("RGBA", layered.size, (255, 255, 255, 255))
                return Image.alpha_composite(paper, layered).convert("RGB")
            return image.convert("RGB")
    except UnreadableImage:
        raise
    except Exception as error:  # Pillow's decoders raise whatever their formats make them raise
        raise UnreadableImage from error


class FigureBlock(Block):
    """An image at its natural size, or as wide and high as there is room."""

    def __init__(self, image: Image.Image, node: Node, context: LayoutContext, indent: float) -> None:
        super().__init__()
        self.image, self.node, self.direction, self.indent = image, node, context.direction, indent
        self.slot = node.slot()
        self.before, self.after = 6.0, 4.0
        self.keeps_with_next = True
        self.width = self.height = 0.0
        self.drawn = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        natural = self.image.width / DOTS_PER_POINT, self.image.height / DOTS_PER_POINT
        scale = min(1.0, (width - self.indent) / natural[0], 420.0 / natural[1])
        self.drawn = max(natural[0] * scale, 1.0), max(natural[1] * scale, 1.0)
        self.width, self.height = width, self.drawn[1]
        return width, self.height

    def place(self, page: PageRecorder, x: float, y: float) -> None:
        width, height = self.drawn
        left = x + self.width - self.indent - width if self.direction else x + self.indent
        image = self.image
        most = round(width * RESOLUTION), round(height * RESOLUTION)
        if image.width > most[0] > 0:
            image = image.resize((most[0], max(most[1], 1)), Image.Resampling.LANCZOS)
        page.add(Picture(self.slot, image, left, y, width, height))


class QRCodeBlock(Block):
    """A QR code (ISO/IEC 18004, error correction M) of an address."""

    def __init__(self, address: str, node: Node) -> None:
        super().__init__()
        self.node = node
        self.slot = node.slot()
        self.modules = _modules(address)
        self.width = self.height = CODE_SIZE

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return CODE_SIZE, CODE_SIZE

    def place(self, page: PageRecorder, x: float, y: float) -> None:
        page.add(QRCode(self.slot, self.modules, x, y, CODE_SIZE, INK))


def _modules(address: str) -> list[list[bool]]:
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(address)
    code.make()
    return [[bool(cell) for cell in row] for row in code.modules]
