"""The public menus: years, themes and standing pages, as the tree has them."""

import pytest

from bpf_pages.tree.fixed_pages import ensure_tree
from bpf_pages.tree.menus import navigation_entries
from tests.factories import MeetingPageFactory, ThemePageFactory

pytestmark = pytest.mark.django_db


def test_menus__lead_to_every_year_but_the_fictitious_one_and_to_every_theme_by_its_title() -> None:
    ensure_tree()
    for year in (2097, 2098, 2099):
        MeetingPageFactory(year=year)
    themes = {title: ThemePageFactory(title=title) for title in ("Wicks", "Lamps")}
    found = navigation_entries()
    assert [(entry.label, entry.address) for entry in found["years"]] == [
        ("2098", "/library/2098/"), ("2097", "/library/2097/"),
    ]  # fmt: skip
    assert [entry.address for entry in found["themes"]] == [
        f"/themes/{themes[each].slug}/" for each in ("Lamps", "Wicks")
    ]
    assert ["Lamps" in str(entry.label) for entry in found["themes"]] == [True, False]
    assert set(found["theme_names"]) == {theme.slug for theme in themes.values()}
