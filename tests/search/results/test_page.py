"""The results page: the years as a picture, links that mark words where they lead, suggestions, the same as a file."""

import csv
import io
import json
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from core.spreadsheets import STARTS_A_FORMULA
from search.answering.highlight_on_page import address, marks_of, with_marks
from search.facets.models import FacetValue
from search.query_log.models import AskedQuestion
from search.results.timeline import bars
from search.services import drain
from tests.search.library import publish, withdraw


def test_link_of_a_hit__names_six_words_at_most_and_none_of_more_than_eighty_letters() -> None:
    words = [f"word{letter}" for letter in "abcdefg"]
    named = address("/x/#p1", " ".join(words), [(6 * n, 6 * n + 5) for n in range(7)])
    assert named == f"/x/?{'&'.join(f'marked={word}' for word in words[:6])}#p1"
    assert marks_of(words).exacts == set(words[:6])
    assert address("/x/#p1", "a" * 80, [(0, 80)]) == f"/x/?marked={'a' * 80}#p1"
    assert address("/x/#p1", "a" * 81, [(0, 81)]) == "/x/#p1"
    assert marks_of(["a" * 81]) == marks_of(["a" * 80])


def test_bars_show_every_year_between_the_first_and_the_last() -> None:
    drawn = bars({"2014": 4, "2016": 1})
    assert [(bar.year, bar.count) for bar in drawn] == [("2014", 4), ("2015", 0), ("2016", 1)]
    assert {bar.height + bar.top for bar in drawn} == {40}
    assert [bar.height for bar in drawn] == [40, 0, 10]
    assert bars({"2014": 4}) == [] == bars({})
    assert [bar.year for bar in bars({"2014": 1, "2099": 900})] == ["2014", "2099"], "no picture of empty decades"
    assert [bar.height for bar in bars({"2014": 1, "2099": 900})] == [3, 40], "one document can be seen"
    assert [(bar.year, bar.selected) for bar in bars({"2014": 1}, ("2015",))] == [("2014", False), ("2015", True)]


def test_words_are_marked_in_the_text_of_a_page_and_nowhere_in_its_markup() -> None:
    html = (
        '<div class="passage" id="p1"><a class="passage-number" href="#p1"><span>Paragraph </span>oil</a>'
        '<p title="oil">The <em>oil</em> &lt;of&gt; a whale&#x27;s lamp, not boiled; lamp OIL.</p></div>'
        "<button>oil</button>"
    )
    marked = with_marks(html, marks_of(["oil", "lamp oil", "\x00", ""]))
    assert marked.count("<mark>") == 2
    assert "<em><mark>oil</mark></em> &lt;of&gt; a whale" in marked
    assert "<mark>lamp OIL</mark>." in marked, "a run of words is one place"
    assert BeautifulSoup(marked, "html.parser").text == BeautifulSoup(html, "html.parser").text
    assert with_marks(html, marks_of(["whales"])) == html
    assert with_marks(html, marks_of([])) == html


@given(st.lists(st.text(max_size=100), max_size=10))
def test_an_address_that_anybody_wrote_adds_nothing_but_marks(named: list[str]) -> None:
    html = "<p>A lamp &amp; its oil, &lt;b&gt; 治理 é.</p>"
    marked = with_marks(html, marks_of(named))
    assert unescape(marked.replace("<mark>", "").replace("</mark>", "")) == unescape(html)


def test_a_link_names_each_run_of_marked_words_once() -> None:
    text = "Oil & lamps, oil. " + "x" * 90
    assert address("/library/2099/lamps/#p3", text, [(0, 3), (6, 11), (13, 16), (18, 108)]) == (
        "/library/2099/lamps/?marked=oil&marked=lamps#p3"
    )
    assert address("/library/2099/lamps/#p3", text, []) == "/library/2099/lamps/#p3"


@pytest.fixture
def library(index: Any) -> Any:
    for number in range(3):
        publish(f"=Lamp {number}", "Trim the wick.", ("finding", "More of it."), year=2090 + 2 * number)
    gone = publish("Gone", "A wick.", year=2091)
    drain()
    return gone


@pytest.mark.django_db
def test_the_years_are_links_that_limit_and_lift_the_limit(library: Any, client: Client) -> None:
    def years(address: str) -> dict[str, str]:
        page = BeautifulSoup(client.get(address).content, "html.parser")
        return {link.find_all("span")[2].text: link["href"] for link in page.select(".years a")}

    links = years("/search/?q=wick")
    assert list(links) == ["2090", "2091", "2092", "2094"], "an empty year is drawn and leads nowhere"
    assert client.get(links["2092"]).context["results"].total == 1
    assert "year=2092" not in years(links["2092"])["2092"]
    assert years("/search/?q=wick&document=BPF-2091-LAMPS-GONE") == {}


@pytest.mark.django_db
def test_a_place_leads_to_its_paragraph_and_has_its_words_marked(library: Any, client: Client) -> None:
    page = BeautifulSoup(client.get("/search/?q=wick").content, "html.parser")
    place = page.select_one(".places a[href*='/2090/']")
    assert place is not None
    assert str(place["href"]).endswith("/?marked=wick#p1")
    opened = BeautifulSoup(client.get(str(place["href"]).partition("#")[0]).content, "html.parser")
    assert [mark.text for mark in opened.select("#p1 mark")] == ["wick"]
    canonical = opened.select_one("link[rel=canonical]")
    assert canonical is not None
    assert "marked" not in str(canonical["href"])
    (found,) = client.get("/api/v1/search?q=wick&year=2090").json()["hits"]
    assert found["passages"][0]["url"].endswith("#p1"), "programs get the address alone"


@pytest.mark.django_db
def test_results_are_files_of_all_that_is_public_and_run_no_formula(library: Any, client: Client) -> None:
    def got(form: str, query: str = "q=wick") -> str:
        response = client.get(f"/search/results.{form}?{query}")
        assert response.status_code == 200
        assert response["Content-Disposition"] == f'attachment; filename="bpf-search.{form}"'
        return response.getvalue().decode("utf-8-sig")

    page = client.get("/search/?q=wick").content.decode()
    assert all(f'/search/results.{form}?q=wick"' in page for form in ("csv", "json", "bib", "ris"))
    rows = list(csv.DictReader(io.StringIO(got("csv"))))
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0]["passage"].endswith("#p1")
    assert rows[0]["passage_text"].endswith("wick.")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(STARTS_A_FORMULA)]
    told = json.loads(got("json"))
    assert [each["edition"] for each in told] == [row["edition"] for row in rows]
    assert json.loads(got("json", "q=nothingness")) == []
    assert got("bib").count("@techreport{") == got("ris").count("TY  - RPRT") == 4
    assert len(json.loads(got("json", "q=wick&year=2092"))) == 1
    withdraw(library)
    assert "Gone" not in got("csv") + got("json") + got("bib") + got("ris"), "before the index knows"
    assert client.get("/search/results.xls?q=wick").status_code == 404
    refused = client.get("/search/results.csv?q=wick&yaer=2092")
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, "yaer")


@pytest.mark.django_db
def test_sections_and_questions_that_were_often_answered_are_offered(library: Any, client: Client) -> None:
    def offered(typed: str) -> dict[str, str]:
        found = client.get("/search/suggest", {"q": typed}).json()["suggestions"]
        return {each["text"]: each["kind"] for each in found}

    for ago in range(5):
        day = date(2099, 1, 9) - timedelta(days=ago)
        for question in ("how to trim wicks", "how zanzibarine burns"):
            AskedQuestion.objects.create(day=day, question=question, engine="tantivy", results=1, times=2, clicks=1)
    AskedQuestion.objects.create(day=day, question="how oil", engine="tantivy", results=1, times=99, clicks=9)
    assert offered("how t") == {}, "to and how stand in no document"
    publish("Reading", "How to trim wicks.")
    drain()
    assert offered("how") == {"how to trim wicks": "often asked"}
    assert offered("how to trim wicks") == {}
    assert offered("part o")["Part one"] == "section"


@pytest.mark.django_db
def test_forums_are_offered_by_their_name__the_newest_first_and_none_that_is_invented(client: Client) -> None:
    for value, label in (
        ("2091/lamps", "Lamps (2091)"),
        ("2092/lamps", "Lamps (2092)"),
        ("2099/lamps", "Lamps (2099)"),
    ):
        FacetValue.objects.create(facet="forum", value=value, label=label)
    found = client.get("/search/suggest", {"q": "lamp"}).json()["suggestions"]
    forums = [each for each in found if each["kind"] == "forum"]
    assert [each["text"] for each in forums] == ["Lamps (2092)", "Lamps (2091)"]
    assert forums[0]["url"] == "/search/?forum=2092%2Flamps"
