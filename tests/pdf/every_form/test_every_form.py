"""The same edition in every form says the same: words, line ends, languages, directions, pictures.

Made once: one hostile edition of each direction in ten languages, drawn in a browser, printed, and written as EPUB,
Word, Akoma Ntoso, Markdown and plain text. Each is read by what knows nothing of how it was made.
"""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client

from core.languages.direction import direction_of
from editions import services as editions
from editions.document.model import Document
from editions.document.passages import PassageKind, passages
from formats import akoma_ntoso, docx_writing, epub
from formats.markdown import reading as markdown_reading
from formats.markdown import writing as markdown
from formats.plain import writing as plain
from pdf.printing.job_from_edition import job_for
from pdf.render import render
from tests.browser.chromium import chromium
from tests.formats.writing.markup import COVER
from tests.formats.writing.test_text_forms import nowhere
from tests.pdf import samples
from tests.pdf.every_form import sample, written
from tests.pdf.every_form.browsed import browsed
from tests.pdf.every_form.printed import Printed

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SMALL = ".neutral, .neutral * { font-size: 13px !important }"
"""Whichever typefaces a machine has, no line of the sample is too long for its column."""


@dataclass
class Forms:
    document: Document
    seen: dict[str, Any]
    printed: Printed
    file: pikepdf.Pdf


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Forms]]:
    """By the language of the edition."""
    pages, forms = {}, {}
    with django_db_blocker.unblock(), transaction.atomic():
        for name in sample.PICTURES:
            default_storage.save(f"figures/every-form-{name}", ContentFile(sample.picture(name)))
        for base in sample.BASES:
            draft = editions.Draft(
                f"BPF-2099-LAMPS-{base.upper()}", 2099, "lamps", base, sample.document(base), dict(samples.metadata())
            )
            edition = editions.freeze(draft, page=None, stage="comment", at=datetime(2099, 3, 4, 12, tzinfo=UTC))
            prefix = "" if base == "en" else f"/{base}"
            shown = Client().get(prefix + edition.permanent_address).content.decode()
            pages[base] = shown.replace("</head>", f"<style>{SMALL}</style></head>")
            forms[base] = (edition.content, render(job_for(edition)).content)
        transaction.set_rollback(True)
    files = {f"/media/figures/every-form-{name}": sample.picture(name) for name in sample.PICTURES}
    for path in re.findall(r'href="/static/(css/[^"]+)"', pages["en"]):
        files[f"/static/{path}"] = Path(finders.find(path)).read_bytes()
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=True)
        seen = {base: browsed(page, html, files) for base, html in pages.items()}
    opened = {base: pikepdf.open(io.BytesIO(content)) for base, (_, content) in forms.items()}
    yield {
        base: Forms(document, seen[base], Printed(opened[base], sample.notes_of(document)), opened[base])
        for base, (document, _) in forms.items()
    }
    for name in sample.PICTURES:
        default_storage.delete(f"figures/every-form-{name}")


@pytest.fixture(params=sample.BASES)
def forms(request: Any, made: dict[str, Forms]) -> Forms:
    return made[request.param]


def test_browser__shows_the_words_line_ends_and_languages_of_the_edition(forms):
    found = {name: sample.tidy([part["pieces"] for part in parts]) for name, parts in forms.seen["found"].items()}
    assert found == sample.said(forms.document)


def test_pdf__prints_the_words_line_ends_and_languages_of_the_edition(forms):
    assert forms.printed.said == sample.said(forms.document)


def test_browser__draws_every_run_in_the_direction_of_its_language(forms):
    runs = [run for parts in forms.seen["found"].values() for part in parts for run in part["directions"]]
    assert len(runs) > 80
    assert [run for run in runs if run[2] != direction_of(run[0])] == []


def test_pdf__draws_every_line_in_the_order_in_which_the_browser_does(forms):
    printed, seen = forms.printed, forms.seen["found"]
    ours = {
        name: [order((letter.text, letter.left) for letter in line) for line in lines]
        for name, lines in printed.lines.items()
    }
    theirs = {name: [order(line) for part in parts for line in part["lines"]] for name, parts in seen.items()}
    ours, theirs = (
        {name: [line for line in lines if line] for name, lines in found.items()} for found in (ours, theirs)
    )
    assert ours == theirs


@pytest.mark.parametrize("base", sample.BASES)
def test_what_has_an_order_of_its_own__keeps_it_in_every_text(made, base):
    """Not only alike: right. A date, number or address reads from left to right whatever stands around it."""
    printed = made[base].printed
    lines = [
        "".join(order((letter.text, letter.left) for letter in line))
        for found in printed.lines.values()
        for line in found
    ]
    for text in sample.ORDERED:
        wanted = text.replace(" ", "")
        assert sum(wanted in line for line in lines) >= 3, wanted
    assert any("a[0]=b-1;" in line for line in lines)


def test_pdf__begins_every_line_on_the_side_on_which_the_browser_does(forms):
    names = [name for name, parts in forms.seen["found"].items() if len(parts) == 1]
    ours = {name: [[letter.left for letter in line] for line in forms.printed.lines[name]] for name in names}
    theirs = {
        name: [[left for _, left in line] for line in forms.seen["found"][name][0]["lines"] if line] for name in names
    }
    told = [
        (name, here, there)
        for name, lines in sides(ours).items()
        for here, there in zip(lines, sides(theirs)[name], strict=True)
        if here and there
    ]
    assert len(told) > 40
    assert [line for line in told if line[1] != line[2]] == []


def sides(found: dict[str, list[list[float]]]) -> dict[str, list[str]]:
    """By anchor, whether a line stands at the left or at the right end of the column; "" where it fills most of it."""
    lines = [line for each in found.values() for line in each]
    left, right = min(map(min, lines)), max(map(max, lines))

    def side(line: list[float]) -> str:
        if max(line) - min(line) > 0.5 * (right - left):
            return ""
        return "left" if min(line) - left < right - max(line) else "right"

    return {name: [side(line) for line in each] for name, each in found.items()}


def test_pictures__stand_as_the_browser_shows_them(forms):
    printed = forms.printed.figures()[-len(forms.seen["pictures"]) :]
    names = sample.pictures(forms.document.language)
    assert len(names) == len(printed)
    for name, seen, element in zip(names, forms.seen["pictures"], printed, strict=True):
        assert element.alt == seen["alt"]
        ((image, width, height),) = element.pictures
        assert width / height == pytest.approx(seen["width"] / seen["height"], rel=0.02), name
        for wanted, here, there in zip(sample.SHOWN[name], seen["colours"], quarters(image), strict=True):
            assert near(here, wanted), (name, "in the browser", here, wanted)
            assert near(there, wanted), (name, "in print", there, wanted)


def quarters(image: Any) -> list[tuple[int, ...]]:
    found = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    return [found.getpixel((found.width * x // 4, found.height * y // 4)) for y in (1, 3) for x in (1, 3)]


def near(one: Any, other: Any) -> bool:
    return all(abs(a - b) <= 40 for a, b in zip(one, other, strict=True))


def test_pdf__has_every_cell_of_a_table_also_an_empty_one(forms):
    rows = [element for element in forms.printed.root.walk() if element.tag == "TR"]
    assert [[kid.tag for kid in row.kids] for row in rows] == [["TH"] * 3, ["TH", "TD", "TD"], ["TH", "TD", "TD"]]


def test_citation__is_the_same_sentence_in_its_own_language(forms):
    cited = forms.seen["cited"]
    sentence = "".join(text for _, text in cited["pieces"])
    found = [
        [(language, "".join(letter.text for letter in letters)) for language, letters in element.stretches()]
        for element in forms.printed.root.walk()
        if element.tag == "P"
    ]
    assert cited["language"] == "en"
    words = "".join(sentence.split())
    (same,) = [pieces for pieces in found if "".join("".join(text for _, text in pieces).split()) == words]
    assert {language for language, _ in same} == {"en"}


def order(letters: Any) -> list[str]:
    """Words, numbers and signs of a line from left to right. letters: (text, left) in the order of reading."""
    tokens: list[tuple[str, float, str]] = []
    for text, left in letters:
        for letter in text:
            kind = {"L": "word", "M": "word", "N": "number"}.get(unicodedata.category(letter)[0], "")
            if letter.isspace() or unicodedata.category(letter) == "Cf":
                tokens.append(("", left, "space"))
            elif kind and tokens and tokens[-1][2] == kind:
                tokens[-1] = (tokens[-1][0] + letter, min(tokens[-1][1], left), kind)
            else:
                tokens.append((letter, left, kind))
    shown = [token for token in tokens if token[2] != "space"]
    return [unicodedata.normalize("NFC", text) for text, _, _ in sorted(shown, key=lambda token: token[1])]


def test_book__says_the_words_line_ends_and_languages_of_the_edition(forms):
    assert written.of_book(epub.write(forms.document, COVER), forms.document) == sample.said(forms.document)


def test_word_file__says_the_words_line_ends_and_languages_of_the_edition(forms):
    assert written.of_word_file(docx_writing.write(forms.document, COVER), forms.document) == sample.said(
        forms.document
    )


def test_akoma_ntoso__says_the_words_line_ends_and_languages_of_the_edition(forms):
    content = akoma_ntoso.write(forms.document, COVER, nowhere)
    assert written.of_akoma_ntoso(content, forms.document) == sample.said(forms.document)


def test_markdown__says_the_words_line_ends_and_languages_of_the_edition(forms):
    read = markdown_reading.read(markdown.write(forms.document, COVER, nowhere), "a.md").document
    found = iter([spelled(parts) for parts in sample.said(read).values()])
    for name, parts in sample.said(forms.document).items():
        said = spelled(parts).replace("\n", " ") if name.startswith("h") else spelled(parts)  # read as one line
        if not name.endswith("-by"):
            assert any(said in other for other in found), (name, parts)


def spelled(parts: list[list[sample.Piece]]) -> str:
    return "".join(f"{piece.language}:{piece.text}|" for part in parts for piece in part)


def test_plain_text__says_the_words_and_line_ends_of_the_edition_in_order(forms):
    text = re.sub(r" +", " ", plain.write(forms.document, COVER).decode())
    text = re.sub(r"(?<=\S) <https[^>\n]*>| \[\d+\](?!:)|(?m:^ *> ?|^ +)", "", text)
    at = 0
    for passage in passages(forms.document):
        words = sample.folded("".join(run.text for run in passage.runs))
        if passage.kind in (PassageKind.ROW, PassageKind.HEADING):  # one line each
            words = " ".join(passage.text.split())
        found = text.find(words, at)
        assert found >= 0, (passage.anchor, words, text[at : at + 200])
        at = found if passage.kind != PassageKind.NOTE else 0
