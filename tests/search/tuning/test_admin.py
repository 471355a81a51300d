from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from mail.delivery import deliver
from mail.models import Subscription
from mail.subscriptions import services as subscriptions
from mail.subscriptions.services import begin_path, end_path
from search.alerts import services as alerts
from search.query.parser import parse
from search.query_log import services as asked_log
from search.query_log.models import AskedQuestion
from search.results.help_examples import examples
from search.services import drain
from search.tuning.models import Recommendation, Synonym
from tests.factories import UserFactory
from tests.gate.forms import with_token
from tests.search.library import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def test_a_question_asked_in_vain_becomes_a_synonym_that_answers_it(index: Any, editor: Client) -> None:
    publish("Lighthouse", "The lighthouse keepers of 2099.")
    drain()
    editor.get("/search/?q=beacon")
    asked_log.collect(timezone.now())
    report = editor.get("/admin/search-report/").content.decode()
    assert "beacon" in report
    form = editor.get("/admin/snippets/search/synonym/add/?terms=beacon")
    assert "beacon" in form.content.decode()
    editor.post("/admin/snippets/search/synonym/add/", {
        "rule": "two_way", "terms": "beacon\nlighthouse", "language": "en", "note": "", "action-publish": "",
    })  # fmt: skip
    assert Synonym.objects.filter(terms__startswith="beacon").exists()
    assert "Also searched" in editor.get("/search/?q=beacon").content.decode()


def test_what_was_asked_while_the_index_was_away_is_not_reported_as_found_in_vain(
    index: Any, index_folder: Path, editor: Client
) -> None:
    publish("Lighthouse", "The keepers of 2099.")
    drain()
    current = index_folder / "current"
    away = current.rename(current.with_name("away"))
    editor.get("/search/?q=keepers")
    away.rename(current)
    editor.get("/search/?q=beacons")
    asked_log.collect(timezone.now())
    report = editor.get("/admin/search-report/").content.decode()
    assert "beacons" in report
    assert "keepers" not in report


def test_the_report_is_closed_to_the_public(client: Client) -> None:
    assert client.get("/admin/search-report/").status_code == 302


def test_a_recommended_result_is_labelled_and_ends(index: Any, client: Client) -> None:
    edition = publish("Lamps", "Oil.")
    drain()
    row = Recommendation.objects.create(question="how to light", document=edition.series, ends_on=timezone.localdate())
    assert "Recommended by the editors" in client.get("/search/?q=lights how to").content.decode()
    assert "Recommended by the editors" not in client.get("/search/?q=light").content.decode()
    row.ends_on = timezone.localdate() - timedelta(days=1)
    row.save()
    assert "Recommended by the editors" not in client.get("/search/?q=how to light").content.decode()


def test_questions_are_counted_without_persons(index: Any, client: Client) -> None:
    for text in ("Lamp oil", "lamp  OIL", "somebody@example.org", "+41 22 7300000", "la", "lamp"):
        client.get("/search/", {"q": text})
    client.post("/search/opened", {"q": "lamp oil", "rank": "3"})
    client.post("/search/opened", {"q": "lamp oil", "rank": "x"})
    asked_log.collect(timezone.now())
    rows = {row.question: (row.times, row.clicks, row.rank_sum) for row in AskedQuestion.objects.all()}
    assert rows == {"lamp oil": (2, 1, 3), "lamp": (1, 0, 0)}
    asked_log.collect(timezone.now() + timedelta(days=400))
    assert not AskedQuestion.objects.exists()


def test_an_alert_is_confirmed_tells_what_is_new_once_and_is_forgotten(index: Any, client: Client) -> None:
    publish("Old lamps", "Oil.")
    drain()
    asked = {"email": "reader@example.org", "address": "/search/?q=oil&bogus=1"}
    client.post("/search/alert/", with_token("alert", asked))
    deliver(timezone.now())
    assert len(mail.outbox) == 1
    alert = Subscription.objects.get()
    assert alert.topic == "/search/?q=oil"
    assert alerts.mail_news(timezone.now()) == 0, "not confirmed"
    begin, end = begin_path(alert), end_path(alert)
    client.get(begin)
    alert.refresh_from_db()
    assert alert.confirmed_at is None, "a scanner that follows the link confirms nothing"
    client.post(begin)
    assert alerts.mail_news(timezone.now()) == 0, "what was there is not news"
    publish("New lamps", "Oil.")
    drain()
    assert alerts.mail_news(timezone.now()) == 1
    assert alerts.mail_news(timezone.now()) == 0
    deliver(timezone.now())
    news = mail.outbox[-1]
    assert "New lamps" in news.body
    assert "Old lamps" not in news.body
    assert "/search/?q=oil" in news.body
    assert news.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.post(end, {"List-Unsubscribe": "One-Click"})
    assert not Subscription.objects.exists()


def test_the_address_of_the_form_itself_leads_to_the_search(client: Client) -> None:
    assert client.get("/search/alert/").headers["Location"] == "/search/"


def test_nobody_can_be_flooded_by_confirmations(index: Any) -> None:
    for number in range(20):
        subscriptions.ask(alerts.ALERTS, "reader@example.org", f"/search/?q=lamp{number}", "en", timezone.now())
    deliver(timezone.now())
    assert len(mail.outbox) == 1


def test_a_feed_of_a_search_holds_its_documents_newest_first(index: Any, client: Client) -> None:
    publish("Early", "Oil.", year=2098)
    publish("Late", "Oil & <b>wick</b>.", year=2099)
    drain()
    feed = client.get("/search/feed?q=oil").content.decode()
    assert feed.index("Late") < feed.index("Early")
    assert "editions/1/" in feed


def test_every_example_of_the_help_page_can_be_asked(index: Any, client: Client) -> None:
    for example in examples():
        assert not parse(example.text).asks_for_nothing
        assert client.get(f"/search/?{example.query}").status_code == 200
    assert client.get("/search/help/").content.decode().count("<code") == len(examples())


def test_a_search__is_named_in_words_in_its_mails_its_feed_and_before_one_agrees(index: Any, client: Client) -> None:
    publish("Old lamps", "Oil.", year=2098)
    drain()
    address = '/search/?q="lamp oil"%0ABcc: a@example.org&year=2098&stage=final'
    name = '“"lamp oil" Bcc: a@example.org” · Year: 2098 · Stage: Rough-consensus outcome'
    assert alerts.name_of(address) == name
    assert alerts.name_of("/search/") == "all documents"
    page = client.post("/search/alert/", with_token("alert", {"email": "reader@example.org", "address": address}))
    assert escape(name) in page.content.decode()
    deliver(timezone.now())
    assert "lamp oil" not in mail.outbox[-1].body  # whoever gets it has not asked for anything yet
    alert = Subscription.objects.get()
    assert escape(name) in client.get(begin_path(alert)).content.decode()
    feed = BeautifulSoup(client.get(f"/search/feed?{address.partition('?')[2]}").content, "xml")
    assert feed.title.text == f"Best Practice Forum library: {name}"
    alerts.confirm(alert, timezone.now())
    alert.state["told"] = []
    alert.topic = "/search/?q=oil&year=2098"
    alert.save()
    assert alerts.mail_news(timezone.now()) == 1
    deliver(timezone.now())
    assert mail.outbox[-1].subject == "New in the library: “oil” · Year: 2098"


def test_an_alert__names_its_search_in_the_language_of_its_reader(index: Any) -> None:
    now = timezone.now()
    publish("Old lamps", "Oil.", year=2098)
    drain()
    subscriptions.ask(alerts.ALERTS, "reader@example.org", "/search/?q=oil&year=2098", "fr", now)
    alert = Subscription.objects.get()
    alerts.confirm(alert, now)
    alert.state["told"] = []
    alert.save()
    assert alerts.mail_news(now) == 1
    deliver(now)
    assert "Année: 2098" in mail.outbox[-1].subject


def test_an_address_that_cannot_be_mailed_to__is_shown_again_with_what_was_typed(index: Any, client: Client) -> None:
    answer = client.post("/search/alert/", {"email": 'reader@"><b>', "address": "/search/?q=oil"})
    page = BeautifulSoup(answer.content, "html.parser")
    form = page.select_one("main form.keep")
    assert answer.status_code == 422
    assert form.select_one("[role=alert]")["id"] == form.select_one("[type=email]")["aria-describedby"]
    assert form.select_one("[type=email]")["value"] == 'reader@"><b>'
    assert form.select_one("[name=address]")["value"] == "/search/?q=oil"
    assert not Subscription.objects.exists()
    assert not mail.outbox
