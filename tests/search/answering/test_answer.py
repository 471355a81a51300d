"""What a reader finds, over the real services: freeze, drain, ask."""

from typing import Any

import pytest
from django.test import Client

from editions.document.model import SectionKind
from search import services
from search.analysis.real_words import commonness
from search.services import Question, drain
from search.tuning.models import Synonym
from search.tuning.stored_synonyms import dictionary
from search.tuning.synonyms import Rule
from tests.search.hostile import CASES, random_strings
from tests.search.languages import PROBES, TEXTS
from tests.search.library import publish, withdraw

pytestmark = pytest.mark.django_db


def titles(text: str, **options: Any) -> list[str]:
    return [card.data["title"] for card in services.search(Question(text, **options)).cards]


@pytest.mark.parametrize(("word", "expected"), PROBES)
def test_a_word_finds_the_documents_of_its_language(index: Any, word: str, expected: set[int]) -> None:
    for number, (language, text) in TEXTS.items():
        publish(f"T{number}", text, language=language)
    drain()
    found, its_own = titles(word), {f"T{number}" for number in expected}
    assert set(found[: len(expected)]) == its_own
    english = dictionary().render(word, "en", commonness)
    assert set(found) == its_own | set(titles(english.text) if english else ())


def test_all_words_come_before_some(index: Any) -> None:
    publish("One", "Lamps, lamps, lamps and lamps.")
    publish("Both", "A long text about storms in which lamps are named once, as the keepers of 2099 had it.")
    drain()
    assert titles("lamps storms") == ["Both", "One"]


def test_a_word_that_most_documents_hold__finds_none_beside_one_that_few_do(index: Any) -> None:
    harbours, buoys = {f"Harbour {number}" for number in range(17)}, {"Buoy 0", "Buoy 1", "Oil"}
    for title in sorted(harbours):
        publish(title, "The harbour of 2099.")
    for title, words in (("Buoy 0", "Buoys float."), ("Buoy 1", "A buoy."), ("Oil", "Buoys need wick oil.")):
        publish(title, f"{words} In the harbour.")
    Synonym.objects.create(rule=Rule.ONE_WAY, terms="beacon\nwick oil")
    drain()
    expected = {
        "harbour buoys": buoys, "harbour buyos": buoys, "harbour -buoys": harbours,
        'harbour "buoys"': {"Buoy 0", "Oil"},
        "harbours": harbours | buoys, "harbour quokka": harbours | buoys,  # a quokka is nowhere
        "harbour beacon": {"Oil"},  # by what means the same
    }  # fmt: skip
    assert {text: set(titles(text, size=50)) for text in expected} == expected


def test_a_word_that_most_documents_hold__finds_none_beside_one_of_another_language(index: Any) -> None:
    """ "internet" is the same in Spanish and English; what the others mean is known in English only."""
    for number in range(19):
        publish(f"Net {number}", "The internet of 2099.")
    publish("Women", "Women on the internet.")
    drain()
    assert titles("mujeres internet", size=50) == ["Women"]
    assert len(titles("internet", size=50)) == 20


def test_words_that_stand_nowhere__are_those_that_were_typed(index: Any) -> None:
    publish("Lamps", "Women keep lamps.")
    drain()
    found = services.search(Question("mujeres indígenas quokka", language="es"))
    assert found.missing == ("quokka",), "not a word of the list, such as indigenous"
    assert services.search(Question("why don't lamps burn")).missing == ("burn",)
    assert services.search(Question("lamps 明天的天气 灯塔", language="zh")).missing == ("明天的天气", "灯塔")
    assert services.search(Question("lamps 明天的天气 灯塔看守", language="zh")).missing == ("明天的天气", "灯塔看守")


def test_a_phrase_is_exact_and_does_not_reach_over_paragraphs(index: Any) -> None:
    publish("Phrase", "The rough consensus of the keepers.")
    publish("Apart", "A rough sea.", "Consensus among keepers.", "It was rough.", "Consensus came later.")
    publish("Forms", "Rough consensuses.")
    drain()
    assert titles('"rough consensus"') == ["Phrase"]
    assert set(titles("rough consensus")) == {"Phrase", "Apart", "Forms"}


def test_a_hit_leads_to_the_passage_that_holds_the_words(index: Any) -> None:
    publish("Lamps", "Nothing here.", "The <b>oil</b> & the wick.", "Nothing there.")
    drain()
    (card,) = services.search(Question("wick oil")).cards
    (place,) = card.places
    assert place.url == f"{card.data['url']}#p2"
    assert place.snippet_html == "The &lt;b&gt;<mark>oil</mark>&lt;/b&gt; &amp; the <mark>wick</mark>."


def test_many_passages_of_one_document_fill_one_card(index: Any) -> None:
    publish("Much", *[f"Lamp number {number}." for number in range(9)])
    publish("Little", "One lamp.")
    drain()
    cards = {card.data["title"]: card for card in services.search(Question("lamp")).cards}
    assert (len(cards["Much"].places), cards["Much"].more) == (3, 6)
    assert (len(cards["Little"].places), cards["Little"].more) == (1, 0)


def test_exclusion_prefix_title_and_years(index: Any) -> None:
    publish("Lamp oil", "Wicks.", year=2098)
    publish("Lamp glass", "Wicks and oil.", year=2099)
    drain()
    assert titles("wicks -oil") == []
    assert titles("wicks -glass") == ["Lamp oil"]
    assert set(titles("wick*")) == {"Lamp oil", "Lamp glass"}
    assert titles("title:oil") == ["Lamp oil"]
    assert titles("wicks year:2099..") == ["Lamp glass"]
    assert titles("year:2098") == ["Lamp oil"]
    assert set(titles("glass OR nothing")) == {"Lamp glass"}


def test_synonyms_act_at_once_are_named_and_stay_out_of_quotes(index: Any) -> None:
    publish("Long", "The harbour emergency response crew met.")
    drain()
    assert titles("HERC") == []
    row = Synonym.objects.create(rule=Rule.TWO_WAY, terms="HERC\nharbour emergency response crew")
    results = services.search(Question("HERC"))
    assert [card.data["title"] for card in results.cards] == ["Long"]
    assert results.expanded == ("harbour emergency response crew",)
    assert titles('"HERC"') == []
    row.rule = Rule.NEVER
    row.save()
    assert titles("HERC") == []


def test_a_multi_word_synonym_works_in_both_directions(index: Any) -> None:
    publish("Short", "HERC was founded in 2099.")
    Synonym.objects.create(rule=Rule.TWO_WAY, terms="HERC\nharbour emergency response crew")
    drain()
    assert titles("the harbour emergency response crew") == ["Short"]


def test_a_misspelt_word_is_named_and_offered(index: Any) -> None:
    publish("Lighthouse", "The lighthouse keepers.")
    drain()
    results = services.search(Question("lihgthouse"))
    assert results.did_you_mean == "lighthouse"
    assert results.expanded == ("lighthouse",)
    assert [card.data["title"] for card in results.cards] == ["Lighthouse"]
    assert services.search(Question("lighthouse")).did_you_mean == ""


def test_a_misspelt_word__is_no_word_that_says_nothing(index: Any) -> None:
    publish("Things", "Things of the sea.")
    publish("Other", "This tells of the harbour, and of what they think.")
    drain()
    results = services.search(Question("thigns"))
    assert "this" not in results.expanded
    assert results.did_you_mean == "things"
    assert titles("thigns")[0] == "Things"


def test_only_what_is_not_wanted_is_no_question(index: Any, client: Client) -> None:
    publish("Lamps", "Oil.")
    drain()
    assert titles("-oil") == []
    assert titles("") == ["Lamps"]
    keep = 'id="alert-email"'
    assert keep in client.get("/search/?q=oil").content.decode()
    assert keep not in client.get("/search/?q=-oil").content.decode(), "nothing that could be kept"


def test_former_editions_are_found_by_the_switch_only_below_and_marked(index: Any) -> None:
    publish("Lamps first", "Wicks and wicks.", code="LAMPS")
    publish("Lamps second", "Wicks.", code="LAMPS")
    drain()
    assert titles("wicks") == ["Lamps second"]
    both = services.search(Question("wicks", superseded=True)).cards
    assert [card.data["title"] for card in both] == ["Lamps second", "Lamps first"]
    assert [card.data["current"] for card in both] == [True, False]
    assert "/editions/1/" in both[1].data["url"]


def test_a_withdrawn_document_leaves_every_door(index: Any, client: Client) -> None:
    kept = publish("Kept", "Ordinary oil.")
    gone = publish("Gone", "Unrepeatable zanzibarine oil.", theme="vanishing")
    drain()
    assert titles("zanzibarine") == ["Gone"]
    withdraw(gone)
    drain()
    assert titles("zanzibarine") == []
    for address in ("/search/?q=zanzibarine", "/search/suggest?q=zanzib", "/search/feed?q=oil", "/search/?q=oil",
                    "/search/?q=zanzibarin", f"/search/like/{kept.identifier}/", "/api/v1/search?q=oil"):  # fmt: skip
        assert b"Gone" not in client.get(address).content, address
    results = services.search(Question("oil"))
    assert dict(results.counts["theme"]) == {"harbours": 1}
    assert services.search(Question("zanzibarin")).did_you_mean == ""


SEARCHES = [
    "lamp", "oil", "lamp oil", '"lamp oil"', "oil -storm", "storm OR oil", "lam*", "", "harbour", "year:2098..",
]  # fmt: skip
MORE_SEARCHES = [
    f"{question}{limit}"
    for question in (
        "lamp",
        "oil storm",
        '"oil lamp"',
        "sto* lamp",
        "lamps -zinc",
        "storms OR zinc",
        "title:lamp",
        "lmap",
    )
    for limit in ("", " year:2097..2098", " theme:wrecks", " kind:finding", " -storm")
]


@pytest.fixture
def twelve_lamps(index: Any) -> None:
    kinds = [SectionKind.FINDING, SectionKind.RECOMMENDATION]
    for number in range(12):
        publish(
            f"Lamp {number}", "Lamp oil." if number % 2 else "Oil lamp.", (kinds[number % 2], "A storm."),
            year=2096 + number % 4, theme=["harbours", "wrecks", "storms"][number % 3],
            stage=["final", "comment"][number % 2], language=["en", "fr"][number % 2],
        )  # fmt: skip
    drain()


@pytest.mark.parametrize("text", SEARCHES)
def test_a_facet_promises_what_the_click_gives(twelve_lamps: None, client: Client, text: str) -> None:
    found = client.get("/api/v1/search", {"q": text}).json()
    for name, values in found["facets"].items():
        for value in values:
            clicked = client.get("/api/v1/search", {"q": text, name: value["value"]}).json()
            assert clicked["total"] == value["count"], (name, value)
            # the facet's own counts do not change by the choice, and the chosen one stays
            assert {row["value"]: row["count"] for row in clicked["facets"][name]} == {
                row["value"]: row["count"] for row in values
            }
    every_year = [row["value"] for row in found["facets"]["year"]]
    assert every_year == sorted(every_year, reverse=True), "the newest stands first"
    themes = [(-row["count"], row["label"]) for row in found["facets"]["theme"]]
    assert themes == sorted(themes), "the commonest stands first"
    years = every_year[:2]
    both = client.get("/api/v1/search", {"q": text, "year": years}).json()
    assert both["total"] == sum(row["count"] for row in found["facets"]["year"] if row["value"] in years)


def test_the_sums_of_facets_hold_on_fifty_questions(twelve_lamps: None) -> None:
    """One value: its count. Two of one facet: either. Two facets: both. A choice never changes its own facet's
    counts."""
    questions = [*SEARCHES, *MORE_SEARCHES]
    assert len(questions) >= 50
    compared = 0
    for text in questions:
        found = services.search(Question(text))
        for name, counts in found.counts.items():
            typed = found.selected.get(name, ())
            for value, count in counts.items():
                clicked = services.search(Question(text, {name: (value,)}))
                others = sum(counts.get(one, 0) for one in typed if one != value)
                assert clicked.total == count + others, (text, name, value)
                assert clicked.counts[name] == counts, (text, name, value)
                compared += 1
        years, stages = found.counts["year"], found.counts["stage"]
        two = dict(list(years.items())[:2])
        assert services.search(Question(text, {"year": tuple(two)})).total == (
            sum(two.values()) if two else found.total
        )
        if years and stages:
            year, stage = next(iter(years)), next(iter(stages))
            of_year = services.search(Question(text, {"year": (year,)})).counts["stage"]
            both = services.search(Question(text, {"year": (year,), "stage": (stage,)}))
            assert both.total == of_year.get(stage, 0), (text, year, stage)
    assert compared > 300


def test_a_chosen_value_stays_at_zero(twelve_lamps: None, client: Client) -> None:
    found = client.get("/api/v1/search", {"q": "lamp", "year": "2096", "stage": "comment"}).json()
    assert found["total"] == 0
    for name, value in (("year", "2096"), ("stage", "comment")):
        assert [row["value"] for row in found["facets"][name] if row["selected"]] == [value]


def test_hostile_questions_are_answered_with_a_page(index: Any, client: Client) -> None:
    publish("Lamps <script>alert(2099)</script>", "Oil & internet governance.")
    drain()
    for text in (*CASES.values(), *random_strings(150)):
        response = client.get("/search/", {"q": text.encode("utf-8", "surrogatepass")[:4000]})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


def test_pages_hold_each_document_once_whatever_the_order(index: Any) -> None:
    for number in range(25):
        publish(f"Lamp {number:02}", "The same words in every one.", year=2090 + number % 5)
    drain()
    for sort in ("", "newest", "oldest", "title", "stage"):
        seen = [title for page in (1, 2, 3) for title in titles("same words", sort=sort, page=page)]
        assert len(seen) == len(set(seen)) == 25
    assert titles("same", sort="title")[:2] == ["Lamp 00", "Lamp 01"]
    assert [card.data["year"] for card in services.search(Question("same", sort="newest")).cards][:6] == [2094] * 5 + [
        2093
    ]


def test_the_json_answer_names_what_it_refuses(index: Any, client: Client) -> None:
    response = client.get("/api/v1/search?q=x&nosuch=1&sort=best&theme=none&page=0")
    assert response.status_code == 400
    assert {fault["parameter"] for fault in response.json()["errors"]} == {"nosuch", "sort", "theme", "page"}
    assert client.get("/search/?q=x&nosuch=1&sort=best&theme=none&page=0").status_code == 200


def test_the_json_answer_has_its_published_shape(index: Any, client: Client) -> None:
    publish("Lamps", "Oil and wick.")
    drain()
    found = client.get("/api/v1/search?q=oil").json()
    assert set(found) >= {"total", "page", "engine", "degraded", "hits", "facets", "did_you_mean", "expanded"}
    (hit,) = found["hits"]
    assert set(hit) >= {"id", "record", "url", "title", "year", "forum", "stage", "score", "passages"}
    assert set(hit["passages"][0]) >= {"anchor", "url", "snippet_html"}
    assert set(found["facets"]["year"][0]) == {"value", "label", "count", "selected"}


def test_a_page_past_the_end_is_not_found(index: Any, client: Client) -> None:
    assert client.get("/search/?page=2").status_code == 404


def test_the_queries_of_a_page_do_not_grow_with_the_library(
    index: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        publish(f"Lamp {number}", "The same oil.", theme=f"theme-{number}")
    drain()
    client.get("/search/?q=oil")  # the first page of a process fills its menus
    with django_assert_max_num_queries(7):  # one of them for themes and forums of the name that is asked for
        client.get("/search/?q=oil")


def test_words_of_the_first_answers_order_a_long_question_and_match_nothing(index: Any) -> None:
    publish("Harbour lamps", "Oil lamps light the harbour wall with wicks.", code="ONE", forum="quays", theme="quays")
    publish(
        "Lamps in the harbour",
        "Lamps of the harbour burn oil and need wicks.",
        code="TWO",
        forum="quays",
        theme="quays",
    )
    publish("Oil and harbours", "Trade in oil.", "Something of nets.", code="THREE", forum="quays", theme="quays")
    publish("Oil with harbours", "Trade in oil.", "Something of wicks.", code="FOUR", forum="quays", theme="quays")
    publish("Wicks", "Wicks only.", code="FIVE", forum="quays", theme="quays")
    drain()
    answer = services.search(Question("harbour oil lamps"))
    codes = [card.data["document"].rpartition("-")[2] for card in answer.cards]
    assert answer.total == 4
    assert "FIVE" not in codes
    assert set(codes[:2]) == {"ONE", "TWO"}
    assert codes.index("FOUR") < codes.index("THREE")
    assert sum(answer.counts["year"].values()) == answer.total


def test_stakeholder_groups_are_those_the_edition_names_in_whatever_language(index: Any, client: Client) -> None:
    contributors = SectionKind.CONTRIBUTORS
    publish("Lamps", (contributors, "A. Nonymous, keeper (Civil society)"), code="ONE")
    publish("Lampes", (contributors, "B. Nonyme (Société civile)"), code="TWO", language="fr")
    publish("Wicks", "A remark (Civil society)", (contributors, "Ministry of Lamps"), code="THREE")
    drain()
    answer = services.search(Question(""))
    assert answer.counts["stakeholder"] == {"civil_society": 2}
    chosen = services.search(Question("", {"stakeholder": ("civil_society",)}))
    assert {card.data["title"] for card in chosen.cards} == {"Lamps", "Lampes"}
    assert services.search(Question("stakeholder:civil_society")).total == 2
    assert "Civil society" in client.get("/search/").content.decode()


def test_a_recorded_output_is_called_by_what_it_is_on_cards_and_in_filters(index: Any, client: Client) -> None:
    publish("Agreed", "Lamps.")
    for kind in ("outcome", "draft", "planned"):
        publish(f"Plate {kind}", "Lamps.", recorded=kind)
    drain()
    results = services.search(Question("lamps"))
    assert results.counts["stage"] == {
        "final": 1, "recorded_outcome": 1, "recorded_draft": 1, "recorded_planned": 1,
    }  # fmt: skip
    assert titles("lamps", selected={"stage": ("final",)}) == ["Agreed"]
    page = client.get("/search/?q=lamps").content.decode()
    for words in ("Recorded outcome", "Recorded draft", "Recorded plan, output not seen", "Rough-consensus outcome"):
        assert page.count(words) == 2, "on its card and in the filter"
    assert titles("stage:recorded_draft") == ["Plate draft"]


def test_more_in_a_document_opens_all_its_places_page_by_page(index: Any, client: Client) -> None:
    publish("Much", *[f"Wick number {number}." + " Wick." * (number == 40) for number in range(45)])
    publish("Other", "A wick.")
    drain()
    (card,) = [card for card in services.search(Question("wick")).cards if card.more]
    within = {"document": (card.data["document"],)}
    pages = [services.search(Question("wick", within=within, page=number, sort="place")) for number in (1, 2, 3)]
    numbers = [place.number for page in pages for place in page.cards[0].places]
    assert numbers == sorted(numbers)
    assert len(numbers) == len(set(numbers)) == pages[0].places == card.more + len(card.places) == 45
    assert (pages[0].pages, pages[0].total) == (3, 1)
    best = services.search(Question("wick", within=within)).cards[0].places
    assert (len(best), best[0].number) == (20, 41), "the best first"
    address = f"/search/?q=wick&document={card.data['document']}"
    page = client.get(f"{address}&page=3").content.decode()
    assert "45 places in its text match." in page
    assert "Page 3 of 3" in page
    assert client.get(f"{address}&page=4").status_code == 404
    found = client.get(f"/api/v1/search?q=wick&document={card.data['document']}&sort=place&page=2").json()
    assert (found["places"], found["pages"], len(found["hits"][0]["passages"])) == (45, 3, 20)
