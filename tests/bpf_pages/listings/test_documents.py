"""Pages that list: in their order, cut into pages, with as many queries and bytes whatever the library holds."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpf_pages.tree.fixed_pages import ensure_tree
from consultation.periods.models import Period
from core.pagination import PAGE_SIZE
from tests.bpf_pages.published import NOW, publish
from tests.factories import ForumPageFactory, MeetingPageFactory, OutcomePageFactory, ThemePageFactory
from workflow.transitions.models import Process

pytestmark = pytest.mark.django_db


def queries_and_bytes(client, address):
    client.get(address)  # content types and site roots are looked up once a process
    with CaptureQueriesContext(connection) as seen:
        response = client.get(address)
    assert response.status_code == 200
    return len(seen), len(response.content)


def titles(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return [" ".join(title.text.split()) for title in soup.find_all(class_="card-title")]


def fill(forum, count):
    for number in range(count):
        publish(OutcomePageFactory(parent=forum, slug=f"more-{number}", title="T" * 20))


@pytest.fixture
def library(db):
    """A theme, a year, a forum and its one document."""
    ensure_tree()
    theme = ThemePageFactory()
    forum = ForumPageFactory(slug="lamps", title="Lamps")
    forum.themes.add(theme)
    forum.save()
    publish(OutcomePageFactory(parent=forum))
    return {"theme": theme, "forum": forum}


@pytest.mark.parametrize("place", ["home", "library", "year", "forum", "theme", "themes", "document"])
def test_page__when_the_library_grows__takes_no_more_queries_nor_many_more_bytes(client, library, place):
    forum = library["forum"]
    document = f"/library/2099/lamps/{forum.get_children().first().slug}/"
    address = {
        "home": "/", "library": "/library/", "year": "/library/2099/", "forum": "/library/2099/lamps/",
        "theme": library["theme"].url, "themes": "/themes/", "document": document,
    }[place]  # fmt: skip
    fill(forum, PAGE_SIZE + 2)
    before = queries_and_bytes(client, address)
    for number in range(12):
        publish(OutcomePageFactory(parent=forum, slug=f"later-{number}", title="T" * 20))
    after = queries_and_bytes(client, address)
    assert after[0] == before[0]
    assert after[1] <= before[1] + 100  # a count may get another digit


def test_forum__with_more_documents_than_a_page__has_pages(client, library):
    fill(library["forum"], PAGE_SIZE)
    first, second = client.get("/library/2099/lamps/"), client.get("/library/2099/lamps/?page=2")
    assert len(titles(first)) == PAGE_SIZE
    assert len(titles(second)) == 1


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999", "1e9", "", "٣"])
def test_page_number__of_any_kind__shows_a_page(client, library, number):
    response = client.get("/library/2099/lamps/", {"page": number})
    assert response.status_code == 200
    assert len(titles(response)) == 1


def test_year__lists_its_forums_by_title_with_their_documents_counted(client, library):
    ForumPageFactory(title="Beacons", slug="beacons")
    response = client.get("/library/2099/")
    assert titles(response) == ["Beacons", "Lamps"]
    assert "1 document" in response.content.decode()
    assert "0 documents" in response.content.decode()


def call(edition, *, opens, closes):
    days = timedelta(days=1)
    return Period.objects.create(
        process=edition.page.process,
        edition=edition,
        round=1,
        opens=timezone.now() + opens * days,
        closes=timezone.now() + closes * days,
        consent_version="1",
    )


def test_home__shows_the_calls_that_are_open_and_no_others(client, library):
    for title, opens, closes in (("Open now", -1, 5), ("Over already", -9, -1), ("Still to come", 1, 9)):
        page = OutcomePageFactory(parent=library["forum"], title=title)
        edition = publish(page, stage="comment")
        Process.objects.filter(pk=page.process.pk).update(state="comment")
        call(edition, opens=opens, closes=closes)
    panel = BeautifulSoup(client.get("/").content, "html.parser").find(class_="hero-call")
    now_open, lately_closed = (found.text for found in panel.find_all("ul"))
    assert "Open now" in now_open
    assert "UTC" in now_open
    assert "Over already" not in now_open
    assert "Over already" in lately_closed
    assert "Still to come" not in panel.text


def test_home__shows_the_four_calls_that_close_next(client, library):
    for day in (5, 4, 3, 2, 1):
        page = OutcomePageFactory(parent=library["forum"], title=f"Closes in {day}")
        edition = publish(page, stage="comment")
        Process.objects.filter(pk=page.process.pk).update(state="comment")
        call(edition, opens=-1, closes=day)
    panel = BeautifulSoup(client.get("/").content, "html.parser").find(class_="hero-call")
    shown = [title for title in (f"Closes in {day}" for day in range(1, 6)) if title in panel.text]
    assert shown == ["Closes in 1", "Closes in 2", "Closes in 3", "Closes in 4"]


def test_home__without_an_open_call__says_how_to_take_part(client, library):
    panel = BeautifulSoup(client.get("/").content, "html.parser").find(class_="hero-call")
    assert panel.find("a", href="/how-it-works/")


def test_forum__names_the_forums_it_continues_and_that_continue_it(client, library):
    year = MeetingPageFactory(year=2098, title="Year before")
    earlier = ForumPageFactory(parent=year, slug="candles", title="Candles")
    library["forum"].continues.add(earlier)
    library["forum"].save()
    assert b"Candles" in client.get("/library/2099/lamps/").content
    assert b"Lamps" in client.get("/library/2098/candles/").content


def test_theme__that_merged_into_another__says_so_on_both(client, library):
    merged = ThemePageFactory(title="Old lamps", merged_into=library["theme"])
    assert library["theme"].title in client.get(merged.url).content.decode()
    assert "Old lamps" in client.get(library["theme"].url).content.decode()


def test_a_page_over_all_forums_of_a_year__counts_as_no_forum(client, library):
    overview = ForumPageFactory(slug="overview", title="Overview", is_joint=True)
    overview.themes.add(library["theme"])
    overview.save()
    for place in ("/library/", "/themes/"):
        said = client.get(place).content.decode()
        assert "1 forum" in said, place
        assert "2 forums" not in said, place


def test_theme__says_first_where_its_newest_outcome_is(client, library):
    year = MeetingPageFactory(year=2080, title="A year")
    forum = ForumPageFactory(parent=year, slug="wicks", title="Wicks")
    forum.themes.add(library["theme"])
    forum.save()
    edition = publish(OutcomePageFactory(parent=forum, slug="outcome", title="On wicks"), stage="final")
    page = BeautifulSoup(client.get(library["theme"].url).content, "html.parser")
    assert page.select_one(".theme-newest a")["href"] == edition.reading_address


def test_home__shows_the_six_newest_editions(client, library):
    for day in range(8):
        publish(OutcomePageFactory(parent=library["forum"], title=f"Lamp {day}"), at=NOW + timedelta(days=1 + day))
    cards = BeautifulSoup(client.get("/").content, "html.parser").find(attrs={"aria-labelledby": "newest"})
    assert [card.get_text(strip=True) for card in cards.find_all("h3")] == [f"Lamp {day}" for day in range(7, 1, -1)]
