"""A redline in print: every change is seen without colour and heard without sight; both texts are in it whole."""

import io
import re

import pikepdf
import pytest

from editions.comparison.alignment import PieceKind
from editions.document.passages import PassageKind, passages
from pdf.render import render_redline
from tests.pdf import samples
from tests.pdf.reading import squeezed, structure_text
from tests.pdf.redlines import pair, redline_job
from tests.pdf.test_conformance import nodes


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_redline__holds_every_word_of_both_editions_in_the_order_of_the_text(language, tmp_path):
    asked = redline_job(language)
    made = render_redline(asked)
    read = structure_text(made.content, tmp_path)
    assert made.content == render_redline(asked).content
    sides = zip(pair(language), (r"\{\+.*?\+\}", r"\[-.*?-\]"), strict=True)
    for document, elsewhere in sides:
        text, place = re.sub(r"\[-|-\]|\{\+|\+\}", "", re.sub(elsewhere, "", read)), 0
        runs = [run for passage in passages(document) if passage.kind != PassageKind.NOTE for run in passage.runs]
        for run in runs:
            words = squeezed(run.text)
            place = text.index(words, place) + len(words)


def test_changes__have_elements_that_map_to_spans_and_signs_that_are_spoken():
    asked = redline_job("fr")
    with pikepdf.open(io.BytesIO(render_redline(asked).content)) as file:
        tree = file.Root.StructTreeRoot
        assert (tree.RoleMap.Del, tree.RoleMap.Ins) == ("/Span", "/Span")
        found = list(nodes(tree.K[0]))
        spoken = {str(node.ActualText) for node in found if "/ActualText" in node}
        tags = [str(node.S) for node in found]
    assert spoken == {"[supprimé: ", "[ajouté: ", "]"}
    assert tags.count("/Ins") >= asked.change.count(PieceKind.INSERTED) > 3
    assert tags.count("/Del") >= asked.change.count(PieceKind.DELETED) > 2


def test_an_edition__has_no_map_of_roles():
    """Its bytes are what they were before there were redlines."""
    from pdf.render import render

    with pikepdf.open(io.BytesIO(render(samples.job(samples.document("en", 1))).content)) as file:
        assert "/RoleMap" not in file.Root.StructTreeRoot
