"""Which words of a question are taken for which words of the texts."""

import random
import string
import time
from typing import Any

import pytest
from django.utils import timezone

from editions.services import Draft, freeze
from search import services
from search.answering.spelling import Vocabulary
from search.services import Question, drain
from search.tuning.models import Synonym
from search.tuning.synonyms import Rule
from tests.search import library
from tests.search.library import publish

PAIRS = (
    ("cyber crime", "cybercrime"), ("e-mail", "email"), ("on-line", "online"), ("IP v6", "IPv6"),
    ("RFC 6973", "RFC6973"), ("anti-spam", "antispam"), ("anti spam", "antispam"),
    ("organisation", "organization"), ("behaviour", "behavior"), ("centres", "center"), ("defence", "defense"),
    ("labelled", "labeled"), ("programmes", "program"), ("analyse", "analyze"),
    ("children", "child"), ("women", "woman"), ("criteria", "criterion"), ("people", "person"), ("men", "man"),
    ("policies", "policy"), ("analyses", "analysis"),
    ("feminism", "feminist"), ("activism", "activist"), ("multistakeholderism", "multistakeholder"),
    ("terrorism", "terrorists"), ("journalism", "journalist"), ("SDGs", "SDG"), ("tourism", "tourists"),
)  # fmt: skip
"""Seven of each family: words written as one and as two, spellings, plurals, endings."""


def titles(text: str) -> list[str]:
    return [card.data["title"] for card in services.search(Question(text, size=100)).cards]


@pytest.mark.django_db
def test_two_ways_of_writing_one_word_find_the_same(index: Any) -> None:
    for number, pair in enumerate(PAIRS):
        publish(f"First {number}", f"Here it is written {pair[0]} by the keepers.")
        publish(f"Second {number}", f"There it is written {pair[1]}, and again {pair[1]}.")
    publish("Else", "Crime and mail, line and spam: words that are parts of others.")
    drain()
    overlaps = {}
    for one, two in PAIRS:
        first, second = set(titles(one)), set(titles(two))
        assert first & second, one
        overlaps[one, two] = len(first & second) / len(first | second)
    assert {pair: overlap for pair, overlap in overlaps.items() if overlap < 0.95} == {}


@pytest.mark.django_db
def test_a_real_word_that_stands_nowhere_is_not_corrected(index: Any) -> None:
    publish("Near", "In June, start again: the same new deal for citizens, says the phase.")
    drain()
    for question in ("junk", "smart", "same news", "deaf", "safe", "drones", "citizen phrase", "CSAM"):
        results = services.search(Question(question))
        assert (results.did_you_mean, results.expanded) == ("", ()), question
    assert services.search(Question("citizns")).did_you_mean == "citizens"


@pytest.mark.django_db
def test_a_synonym_lifts_and_never_requires(index: Any) -> None:
    publish("One word", "Digital wicks.")
    publish("Both", "The digital wicks divide the keepers.")
    publish("Gap", "The access gap of the keepers.")
    Synonym.objects.create(rule=Rule.TWO_WAY, terms="digital divide\naccess gap")
    drain()
    assert set(titles("digital divide")) == {"Both", "Gap", "One word"}
    assert titles("digital divide")[-1] == "One word"


@pytest.mark.django_db
def test_words_joined_by_and_must_all_stand_there(index: Any) -> None:
    publish("Wicks", "Wicks.")
    publish("Storms", "Storms.")
    publish("Both", "Wicks in storms.")
    drain()
    assert set(titles("wicks storms")) == {"Wicks", "Storms", "Both"}
    assert titles("wicks AND storms") == ["Both"]
    assert titles("wicks AND storms AND keepers") == []


@pytest.mark.django_db
def test_words_with_capitals_are_one_name(index: Any) -> None:
    publish("Call for the call", "A call was made and called a call in Lamps, calls again, and Port too.")
    publish("Named", "Among others there is the Port Call, which is one of many texts of the long year 2099.")
    drain()
    assert titles("Port Call")[0] == "Named"


@pytest.mark.django_db
def test_an_address_of_mail_is_looked_for_as_a_whole(index: Any) -> None:
    publish("Other", "An example of mail.")
    publish("Address", "Write to lamps@mail.example and wait.")
    drain()
    assert titles("lamps@mail.example") == ["Address"]


class Terms:
    """An engine that knows these terms."""

    def __init__(self, terms: list[str]) -> None:
        self.terms = terms

    def vocabulary(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        return [(term, 1) for term in self.terms if term.startswith(prefix)]


def test_an_unknown_word_takes_little_time_among_a_million_terms() -> None:
    chance = random.Random(2099)
    of_one_letter = 1_000_000 // 18  # as often as English words begin with l or d
    made = {
        "l" + "".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 11))) for _ in range(of_one_letter)
    }
    vocabulary = Vocabulary(Terms([*made, "lighthouse"]))  # type: ignore[arg-type]
    assert vocabulary.near("lihgthouse", 3)[0] == "lighthouse"  # reads the terms of its letter
    best = min(_timed(vocabulary, "lighthuose") for _ in range(5))
    assert best < 0.1, "5 ms on a quiet machine"


def _timed(vocabulary: Vocabulary, word: str) -> float:
    start = time.process_time()
    vocabulary.near(word, 3)
    return time.process_time() - start


@pytest.mark.django_db
def test_what_belongs_to_a_year_that_is_named__stands_first__and_a_year_that_bounds_is_no_word(index: Any) -> None:
    for year in (2095, 2096, 2097):
        publish(f"Harbours {year}", f"Harbours and what was said of them in {year - 1} and {year}.", year=year)
    drain()
    assert titles("harbours in 2096")[0] == "Harbours 2096"  # though the next one holds that year too
    assert titles("harbours after 2096")[0] == "Harbours 2097"
    assert titles("harbours before 2096")[0] == "Harbours 2095"
    assert titles("gavani 2095")[:1] == ["Harbours 2095"]
    assert len(titles("harbours after 2096")) == 3  # it limits nothing


@pytest.mark.django_db
def test_the_newest__stands_first_where_it_is_asked_for(index: Any) -> None:
    for year in (2096, 2098, 2097):
        publish(f"Harbours {year}", "Harbours are kept.", year=year)
    drain()
    assert titles("latest on harbours") == ["Harbours 2098", "Harbours 2097", "Harbours 2096"]


@pytest.mark.django_db
def test_a_document_is_found_by_the_role_that_somebody_had(index: Any) -> None:
    told = library.metadata("lamps", 2099, "harbours", "") | {
        "people": [{"name": "Ada Fiction", "role": "rapporteur", "organisation": "Fictitious office"}]
    }
    freeze(Draft("BPF-2099-LAMPS-A", 2099, "lamps", "a", library.document("Lamps", "en", "Oil."), told),
           page=None, stage="final", at=timezone.now())  # fmt: skip
    publish("Quays", "Stone.")
    drain()
    assert titles("who was rapporteur") == ["Lamps"]
