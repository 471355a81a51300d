"""Where a link of the editor's rich text leads."""

import pytest

from bpf_pages.conversion.link_targets import site_address


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["page", "document"])
@pytest.mark.parametrize("key", ["", "x", "999999999", "9" * 20, "9" * 5_000])
def test_a_link_to_a_number_that_no_row_has__leads_nowhere(kind, key) -> None:
    """Python refuses to read thousands of digits, and the text could not be drawn."""
    assert site_address({"linktype": kind, "id": key}) == ""
