"""The page of a year takes its slug by itself: editors write a title, and the browser makes a slug of that."""

from bpf_pages.models.library import MeetingPage


def test_a_year__with_the_slug_of_its_title__gets_that_of_its_year() -> None:
    page = MeetingPage(title="IGF 2098", slug="igf-2098", year=2098)
    page.clean()
    assert page.slug == "2098"
