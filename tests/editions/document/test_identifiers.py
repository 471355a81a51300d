"""Identifiers, taken apart."""

import pytest

from editions.document.identifiers import identifier_of, split


@pytest.mark.parametrize("series", ["BPF-2014-SPAM", "BPF-2099-FORUM0", "BPF-2014-SPAM-DRAFT", "BPF-2014-E1-E2E"])
@pytest.mark.parametrize("number", [1, 12, 9999])
def test_an_identifier__is_its_series_and_its_edition(series, number):
    assert split(identifier_of(series, number)) == (series, number), "an edition is no code of a document"
    assert split(series) == (series, None)


@pytest.mark.parametrize("text", ["BPF-2014", "BPF-14-SPAM-E1", "bpf-2014-spam-e1", "x"])
def test_what_is_no_identifier__is_refused(text):
    with pytest.raises(ValueError, match=text):
        split(text)
