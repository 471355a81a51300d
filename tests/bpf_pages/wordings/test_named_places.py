"""Themes and forums that the search offers by their name, in the language of whoever asks."""

import pytest

from bpf_pages.tree.fixed_pages import ensure_tree
from bpf_pages.wordings.models import Wording, wordings_in
from bpf_pages.wordings.named_places import places_named
from tests.factories import ForumPageFactory, MeetingPageFactory, ThemePageFactory


@pytest.fixture
def named(db):
    ensure_tree()
    theme = ThemePageFactory(slug="lamps", title="Lamps and signals")
    year = MeetingPageFactory(year=2098, slug="2098")
    forum = ForumPageFactory(parent=year, slug="harbours", title="Lamps of harbours")
    Wording.objects.create(page=theme, language="ar", title="المصابيح والإشارات")
    Wording.objects.create(page=forum, language="ar", title="مصابيح الموانئ")


@pytest.mark.parametrize(
    ("question", "language", "addresses"),
    [
        ("lamp", "en", ["/themes/lamps/"]),
        ("the signals", "en", ["/themes/lamps/"]),
        ("harbour", "en", ["/library/2098/harbours/"]),
        ("مصابيح", "ar", ["/themes/lamps/"]),
        ("الموانئ", "ar", ["/library/2098/harbours/"]),
        ("harbours", "ar", ["/library/2098/harbours/"]),
        ("where is the outcome on lamps?", "en", ["/themes/lamps/"]),
        ("أين وثيقة المصابيح", "ar", ["/themes/lamps/"]),
        ("¿dónde está el resultado sobre lamp?", "es", ["/themes/lamps/"]),
        ("где итог по lamps", "ru", ["/themes/lamps/"]),
        ("关于 lamps 的成果在哪里", "zh-hans", ["/themes/lamps/"]),
        ("the outcome document", "en", []),
        ("lamps of ships", "en", []),
        ("the of and", "en", []),
        ("lamp " * 40, "en", []),
        ("", "en", []),
    ],
)
def test_question__that_is_part_of_a_name__leads_to_the_theme_or_else_to_forums(named, question, language, addresses):
    assert [place.address for place in places_named(question, language, wordings_in(language))] == addresses


def test_results__of_a_name_in_the_readers_language__offer_its_page_in_that_language(client, named):
    page = client.get("/ar/search/", {"q": "الموانئ"}).content.decode()
    assert '<a href="/ar/library/2098/harbours/"><bdi lang="ar" dir="rtl">مصابيح الموانئ</bdi> (2098)</a>' in page
