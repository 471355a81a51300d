"""Short forms that a text explains."""

import pytest

from pdf.composition.acronyms import pairs


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("An Internet Exchange Point (IXP) helps.", {"IXP": "Internet Exchange Point"}),
        ("Best Practice Forums (BPFs) and a (note) in (2099)", {"BPFs": "Best Practice Forums"}),
        ("un fournisseur d'accès à Internet (FAI)", {"FAI": "fournisseur d'accès à Internet"}),
        ("nothing of the kind (XYZ)", {}),
        ("(IXP)", {}),
    ],
)
def test_pairs__of_a_sentence__are_its_explained_short_forms(words, found):
    assert dict(pairs(words)) == found
