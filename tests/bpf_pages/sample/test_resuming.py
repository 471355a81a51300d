"""`load_library` stopped in the middle."""

import pytest
from django.conf import settings

from bpf_pages.sample.completeness import library_is_loaded
from bpf_pages.sample.loading import load
from editions.models import Edition


class Stop(Exception):
    pass


@pytest.mark.django_db
def test_load__stopped_in_the_middle__is_not_loaded_and_goes_on_at_the_next_call():
    def stop_at_the_70th(name, place, total):
        if place == 70:
            raise Stop

    with pytest.raises(Stop):
        load(settings.LIBRARY_DATA, stop_at_the_70th)
    half = set(Edition.objects.values_list("identifier", "published_at"))
    assert 0 < len(half) < 75
    assert not library_is_loaded()

    load(settings.LIBRARY_DATA, lambda name, place, total: None)
    assert library_is_loaded()
    assert half <= set(Edition.objects.values_list("identifier", "published_at"))
    assert Edition.objects.count() == 75
