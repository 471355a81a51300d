"""The importer of the 2014 overview, on the file itself."""

import re

import pytest
from django.conf import settings

from bpf_pages.conversion import rich_text
from bpf_pages.sample.overview_2014 import NOTE_TEXT, read_overview
from editions.document.model import ListBlock, Paragraph

TEXT = (settings.LIBRARY_DATA / "igf-2014-bpf-overview.txt").read_text("utf-8")
OVERVIEW = read_overview(TEXT)


def said(block):
    runs = [item.runs for item in block.items] if isinstance(block, ListBlock) else [block.runs]
    return " ".join("".join(run.text for run in part) for part in runs)


def test_overview__keeps_every_word_of_the_file_in_order():
    blocks, _ = rich_text.blocks(OVERVIEW.html, "u")
    signatories = [f"{p.name}, {p.role}, {p.organisation}" for p in OVERVIEW.signatories]
    imported = " ".join([OVERVIEW.title, *(said(block) for block in blocks), OVERVIEW.signed_as, *signatories])
    original = TEXT.replace("20141.", "2014.").replace("--MAG", "MAG").replace("•", " ")
    assert imported.split() == original.split()


def test_overview__joins_its_bullets_to_their_items():
    (found,) = [block for block in rich_text.blocks(OVERVIEW.html, "u")[0] if isinstance(block, ListBlock)]
    assert len(found.items) == 5
    assert said(found).startswith("Developing meaningful multistakeholder mechanisms; Regulation")


def test_overview__makes_a_footnote_of_the_digit_glued_to_the_year():
    blocks, (note,) = rich_text.blocks(OVERVIEW.html, "u")
    assert said(blocks[0]).endswith("preparation of the IGF 2014.")
    assert "".join(run.text for run in note.runs) == NOTE_TEXT % 1


def test_overview__has_a_paragraph_for_each_of_the_original():
    paragraphs = [said(block) for block in rich_text.blocks(OVERVIEW.html, "u")[0] if isinstance(block, Paragraph)]
    assert len(paragraphs) == 8
    assert all(re.search(r"[.:”]$", text) for text in paragraphs)


def test_overview__names_who_signed_it():
    assert [person.name for person in OVERVIEW.signatories] == ["Constance Bommelaer", "Markus Kummer"]
    assert OVERVIEW.signatories[1].organisation == "Internet Corporation for Assigned Names and Numbers (ICANN)"


@pytest.mark.parametrize("text", ["", "one\ntwo\nthree", "no signature at all\n" * 9])
def test_overview__without_its_parts__is_refused(text):
    with pytest.raises(ValueError, match="overview"):
        read_overview(text)


def test_overview__with_markup_in_it__stays_text():
    text = TEXT.replace("agreed to revitalize", "agreed <b>to</b> revitalize & <script>")
    (paragraph, *_), _ = rich_text.blocks(read_overview(text).html, "u")
    assert "agreed <b>to</b> revitalize & <script>" in said(paragraph)
