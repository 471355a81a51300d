"""What stays open, over all years: a public page and a feed of the newest public editions and of nothing else."""

import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from bpf_pages.listings import open_questions
from tests.bpf_pages.published import publish, revise
from tests.factories import ForumPageFactory, MeetingPageFactory, OutcomePageFactory

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def question(words, kind="open_question"):
    return (kind, {"title": "Oil", "body": [("text", f"<p>{words}</p>")]})


def document(year, words, **more):
    forum = ForumPageFactory(parent=MeetingPageFactory(year=year))
    return publish(OutcomePageFactory(parent=forum, body=[("text", "<p>Text.</p>"), question(words, **more)]))


def shown(client, query=""):
    page = BeautifulSoup(client.get(f"/open-questions/{query}").content, "html.parser")
    return [" ".join(item.get_text(" ").split()) for item in page.select("main section li")]


def test_questions__of_all_years__stand_newest_first_at_their_lasting_addresses(client):
    older, newer = document(2097, "Whose oil?"), document(2098, "Whose wick?")
    page = BeautifulSoup(client.get("/open-questions/").content, "html.parser")
    assert shown(client) == ["Whose wick? ¶ 2", "Whose oil? ¶ 2"]
    links = [link["href"] for link in page.select("main section li a")]
    assert links == [f"{edition.permanent_address}#p2" for edition in (newer, older)]
    assert client.get(newer.permanent_address).status_code == 200


def test_challenges_and_future_work__are_parts_of_their_own(client):
    document(2097, "Wind.", kind="challenge")
    document(2098, "Longer wicks.", kind="future_work")
    assert shown(client) == []
    assert shown(client, "?part=challenge") == ["Wind. ¶ 2"]
    assert shown(client, "?part=future_work") == ["Longer wicks. ¶ 2"]
    assert shown(client, "?part=<nonsense>") == []


def test_question__that_was_answered_in_the_next_edition_or_withdrawn__is_gone(client):
    from editions import services
    from tests.bpf_pages.published import NOW

    answered, withdrawn = document(2097, "Whose oil?"), document(2098, "Whose wick?")
    publish(revise(answered.page.specific, ("text", "<p>The villages'.</p>")))
    services.withdraw(withdrawn.series, "Fictitious reason.", NOW)
    assert shown(client) == []
    feed = ET.fromstring(client.get("/feeds/open-questions.atom").content)
    assert feed.findall("a:entry", ATOM) == []


def test_feed__holds_a_question_an_entry_and_none_of_the_invented_year(client):
    edition = document(2098, "Whose wick?")
    document(2099, "Whose storm?")
    feed = ET.fromstring(client.get("/feeds/open-questions.atom").content)
    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.findtext("a:id", namespaces=ATOM).endswith(f"{edition.permanent_address}#p2")
    assert "Whose wick?" in ET.tostring(entry, encoding="unicode")


def test_pages__keep_the_part_that_was_chosen(client, monkeypatch):
    monkeypatch.setattr(open_questions, "PAGE_SIZE", 1)
    for year in (2097, 2098):
        document(year, f"Wind of {year}.", kind="challenge")
    page = BeautifulSoup(client.get("/open-questions/?part=challenge").content, "html.parser")
    assert shown(client, page.find("a", rel="next")["href"]) == ["Wind of 2097. ¶ 2"]
