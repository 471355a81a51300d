"""Dates as people write them in sheets, and what could be two dates or none."""

import pytest
from django.core.exceptions import ValidationError

from core.partial_dates import iso_of


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2015", "2015"),
        ("2015-11", "2015-11"),
        ("2015-1-2", "2015-01-02"),
        ("2015-11-20 00:00:00", "2015-11-20"),
        ("2015/11/20", "2015-11-20"),
        ("2015.11.20", "2015-11-20"),
        ("20.11.2015", "2015-11-20"),
        ("11.2015", "2015-11"),
        ("20/11/2015", "2015-11-20"),
        ("11/20/2015", "2015-11-20"),
        ("20 Nov 2015", "2015-11-20"),
        ("20-Nov-2015", "2015-11-20"),
        ("Nov. 20, 2015", "2015-11-20"),
        ("Friday, 20th of November 2015", "2015-11-20"),
        ("May 2015", "2015-05"),
        ("12 sept 2019", "2019-09-12"),
        ("20 novembre 2015", "2015-11-20"),
        ("1er mars 2015", "2015-03-01"),
        ("20 de noviembre de 2015", "2015-11-20"),
        ("20 ноября 2015 г.", "2015-11-20"),
        ("ноябрь 2015", "2015-11"),
        ("20 نوفمبر 2015", "2015-11-20"),
        ("٢٠ تشرين الثاني/نوفمبر ٢٠١٥", "2015-11-20"),
        ("2015年11月20日", "2015-11-20"),
        ("2015年11月", "2015-11"),
        ("2015年", "2015"),
    ],
)
def test_date__is_read_as_it_is_written(typed, iso):
    assert iso_of(typed) == iso


@pytest.mark.parametrize(
    "typed",
    [
        "", "soon", "04/05/2015", "2015-13", "2015-00", "2015/2016", "31 Nov 2015", "20 Nov 15", "20 Smarch 2015",
        "20 Nov Dec 2015", "15 May 2015 or later", "20 21 Nov 2015", "Nov", "Nov 2015 2016", "20.11.15",
        "2015-11-20T10:00",
    ],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two__is_refused(typed):
    with pytest.raises(ValidationError):
        iso_of(typed)
