"""`load_library` stopped in the middle."""

import pytest

from bpf_pages.sample.completeness import library_is_loaded
from editions.models import Edition
from tests.sample_library import load_library


class Stop(Exception):
    pass


@pytest.mark.django_db
def test_load__stopped_in_the_middle__is_not_loaded_and_goes_on_at_the_next_call(tmp_path_factory):
    def stop_at_the_70th(name, place, total):
        if place == 70:
            raise Stop

    with pytest.raises(Stop):
        load_library(tmp_path_factory, stop_at_the_70th)
    half = set(Edition.objects.values_list("identifier", "published_at"))
    assert 0 < len(half) < 75
    assert not library_is_loaded()

    load_library(tmp_path_factory)
    assert library_is_loaded()
    assert half <= set(Edition.objects.values_list("identifier", "published_at"))
    assert Edition.objects.count() == 75
