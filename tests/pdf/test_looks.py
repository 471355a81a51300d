"""How chosen pages look, against small pictures that a person has looked at.

Pages are compared as grey tones of 4 by 4 dots at 32 dots an inch, so that another build of poppler, which smooths
letters otherwise, makes no difference and a missing panel, mirrored side or shifted column does.
Drawn anew by `python -m tests.pdf.test_looks` after a change that is meant; look at the pictures before committing.
"""

import io
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from pdf.render import render, render_brief
from tests.pdf import samples
from tests.pdf.test_conformance import full_draft, full_outcome

LOOKS = Path(__file__).parent / "looks"
RESOLUTION = 32  # dots an inch
BLOCK = 4
MEAN_DIFFERENCE = 1.5  # of 255, over the page
GREATEST_DIFFERENCE = 48  # of 255, of any block

PAGES = {
    "draft-title": ("draft", 1),
    "draft-text": ("draft", 3),
    "outcome-title": ("outcome", 1),
    "outcome-annex": ("outcome", -1),
    "french-text": ("fr", 2),
    "spanish-text": ("es", 2),
    "russian-text": ("ru", 2),
    "arabic-title": ("ar", 1),
    "arabic-text": ("ar", 2),
    "chinese-text": ("zh", 2),
    "brief": ("brief", 1),
}


@cache
def printed(name: str) -> bytes:
    if name == "draft":
        return render(full_draft()).content
    if name == "outcome":
        return render(full_outcome()).content
    if name == "brief":
        return render_brief(samples.job(samples.document("en"))).content
    return render(samples.job(samples.document(name), "final")).content


def seen(name: str) -> Image.Image:
    """A page in grey. A page of -1 is the last that lies on its side."""
    source, number = PAGES[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        path.write_bytes(printed(source))
        subprocess.run(["pdftoppm", "-gray", "-r", str(RESOLUTION), path, Path(folder) / "p"], check=True)
        pages = [Image.open(io.BytesIO(each.read_bytes())) for each in sorted(Path(folder).glob("p-*.pgm"))]
    if number < 0:
        pages = [page for page in pages if page.width > page.height]
        return pages[0]
    return pages[number - 1]


def tones(image: Image.Image) -> Image.Image:
    return image.convert("L").resize((image.width // BLOCK, image.height // BLOCK), Image.Resampling.BOX)


def differences(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """Mean and greatest difference of tones, each 0 to 255."""
    if one.size != other.size:
        return 255.0, 255.0
    found = ImageChops.difference(tones(one), tones(other))
    return ImageStat.Stat(found).mean[0], float(found.getextrema()[1])


@pytest.mark.parametrize("name", PAGES)
def test_page__looks_as_it_did_when_it_was_looked_at(name):
    with Image.open(LOOKS / f"{name}.png") as kept:
        mean, greatest = differences(seen(name), kept)
    assert mean <= MEAN_DIFFERENCE
    assert greatest <= GREATEST_DIFFERENCE


def test_differences__of_two_pages__are_seen():
    """The comparison can fail: a page in a sister language, and a page whose panel is gone."""
    with Image.open(LOOKS / "french-text.png") as kept:
        assert differences(seen("spanish-text"), kept)[1] > GREATEST_DIFFERENCE
        without = kept.convert("L")
        without.paste(255, (0, without.height // 2, without.width, without.height))
        assert differences(without, kept)[0] > MEAN_DIFFERENCE


if __name__ == "__main__":
    LOOKS.mkdir(exist_ok=True)
    for page in PAGES:
        seen(page).save(LOOKS / f"{page}.png", optimize=True)
