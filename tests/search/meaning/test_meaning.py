"""What is found by meaning, where it stands, and what happens where there is no model."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from editions.document.model import SectionKind
from pdf.printing.tasks import print_one
from search import services
from search.meaning import embedders, query_vector, store
from search.meaning import services as meaning_services
from search.meaning import tasks as meaning_tasks
from search.meaning.embedders import NoMeaning
from search.meaning.models import EditionVectors
from search.meaning.quantised import cosines, quantised
from search.meaning.services import embed_waiting
from search.meaning.store import Held, Library
from search.meaning.vector_similarity import Likeness
from search.services import Question, Results, drain
from tests.search import library
from tests.search.library import withdraw

FAKE = "tests.search.fake_embedder"
publish = partial(library.publish, forum="quays")


@pytest.fixture
def model(settings: Any, index: Any) -> Any:
    settings.SEARCH_EMBEDDER = f"{FAKE}.FakeEmbedder"
    return embedders.current()


def ask(text: str, **options: Any) -> Results:
    return services.search(Question(text, **options))


def titles(results: Results) -> list[str]:
    return [card.data["title"] for card in results.cards]


def related(results: Results) -> list[str]:
    return [card.data["title"] for card in results.cards if card.related]


def the_harbour() -> None:
    """Documents of one subject each, and enough of none that a subject stands out."""
    publish("Wicks", "The beacon of the pier.", year=2097)
    publish("Weather", "A gale came at night.", year=2098)
    publish("Fuel", "The petroleum of the year.")
    for number in range(8):
        publish(f"Other {number}", f"Accounts of the {number}th quarter.")
    drain()
    embed_waiting()


@pytest.mark.django_db
class TestAsked:
    def test_a_text_with_none_of_the_words_is_found_and_says_so(self, model: Any) -> None:
        the_harbour()
        results = ask("lanterns")
        assert titles(results) == related(results) == ["Wicks"]
        assert (results.total, results.related) == (1, 1)
        (card,) = results.cards
        assert card.places[0].snippet == "The beacon of the pier."
        assert card.places[0].url.endswith("#p1")

    @pytest.mark.parametrize("question", ["буря", "عاصفة", "风暴", "tormenta", "tempête", "storm"])
    def test_a_question_in_any_language_finds_the_english_text(self, model: Any, question: str) -> None:
        the_harbour()
        assert titles(ask(question)) == ["Weather"]

    def test_what_means_nothing_here_finds_nothing(self, model: Any) -> None:
        the_harbour()
        results = ask("cathedrals")
        assert (results.cards, results.total, results.related) == ((), 0, 0)

    @pytest.mark.parametrize(
        "question",
        ['"lanterns"', "lantern*", "lanterns -oil", "title:lanterns", "lanterns year:2097", "lanterns AND pier"],
    )
    def test_what_is_quoted_excluded_or_limited_is_searched_by_words_alone(self, model: Any, question: str) -> None:
        the_harbour()
        model.asked.clear()
        assert ask(question).related == 0
        assert model.asked == []

    def test_a_list_that_is_sorted_otherwise_holds_what_has_the_words_alone(self, model: Any) -> None:
        the_harbour()
        assert titles(ask("lanterns", sort="newest")) == []

    def test_filters_hold_for_what_is_near_and_counts_agree(self, model: Any) -> None:
        the_harbour()
        results = ask("lanterns in a storm")
        assert set(related(results)) == {"Wicks", "Weather"}
        assert results.counts["year"] == {"2097": 1, "2098": 1}
        narrowed = ask("lanterns in a storm", selected={"year": ("2098",)})
        assert (titles(narrowed), narrowed.total, narrowed.related) == (["Weather"], 1, 1)
        assert narrowed.counts["year"] == {"2097": 1, "2098": 1}

    def test_nothing_found_by_meaning_stands_before_the_words_as_they_were_typed(self, model: Any) -> None:
        the_harbour()
        publish("Typed", "Accounts name the warden once, among many other and longer things of the year 2099.")
        publish("Meant", "Keepers.", "A guardian.", "Keeper and keepers.")
        drain()
        embed_waiting()
        results = ask("warden")
        assert titles(results) == ["Typed", "Meant"]
        assert related(results) == ["Meant"]

    def test_what_became_of_something_and_what_is_open_are_told_by_a_paragraph_that_says_so(self, model: Any) -> None:
        the_harbour()
        publish(
            "Line of the storm", "The forum on storms was merged into the forum on harbours after its second year.",
            "Storms were heard about in the first year, and the members compared the storms of seven harbours.",
            (SectionKind.OPEN_QUESTION, "Who should warn small boats of a storm that comes at night, and how soon?"),
        )  # fmt: skip
        drain()
        embed_waiting()
        became = ask("What became of the forum on storms?").panel
        assert became is not None
        assert (became.aim, became.text[:34]) == ("lineage", "The forum on storms was merged int")
        still = ask("What is still open on storms?").panel
        assert still is not None
        assert (still.aim, still.section, still.text[:30]) == (
            "open", "open_question", "Who should warn small boats of",
        )  # fmt: skip
        assert ask("What became of the lanterns?").panel is None
        assert ask("the forum on storms").panel is None

    def test_what_is_little_known_and_like_nothing_here_finds_nothing_and_offers_its_words(
        self, model: Any, client: Client
    ) -> None:
        the_harbour()
        for number in range(12):
            publish(f"Tide {number}", "Water rises and falls.", f"A table of hours, number {number}.")
        drain()
        embed_waiting()
        results = ask("pasta recipes for a table")
        assert (results.total, results.missing, results.held) == (0, ("pasta", "recipes"), ("table",))
        page = client.get("/search/?q=pasta recipes for a table").content.decode()
        assert 'href="/search/?q=table"' in page
        assert {"Weather", "Fuel"} <= set(titles(ask("gale petroleum recipes")))
        misspelt = ask("a tabel of huors")
        assert (misspelt.total > 0, misspelt.did_you_mean) == (True, "a table of hours")
        assert client.get("/api/v1/search?q=gale petroleum recipes").json()["missing"] == ["recipes"]
        assert "In no document:" in client.get("/search/?q=gale petroleum recipes").content.decode()

    def test_what_was_withdrawn_is_not_found(self, model: Any) -> None:
        the_harbour()
        gone = publish("Gone", "A lantern of the past.")
        drain()
        embed_waiting()
        assert "Gone" in titles(ask("beacons lamp"))
        withdraw(gone)
        drain()
        results = ask("beacons lamp")
        assert "Gone" not in titles(results)
        assert results.total == len(results.cards)

    def test_pages_hold_every_document_once(self, model: Any, monkeypatch: Any) -> None:
        the_harbour()
        seen = titles(ask("accounts in a storm", size=100))
        assert len(seen) == len(set(seen)) == 9
        pages = [titles(ask("accounts in a storm", size=2, page=number)) for number in range(1, 7)]
        assert [title for page in pages for title in page] == seen

    def test_the_page_and_the_interface_say_what_is_related(self, model: Any, client: Client) -> None:
        the_harbour()
        page = client.get("/search/?q=lanterns").content.decode()
        assert "Related in meaning" in page
        assert "1 of them holds none of the words and is related in meaning." in page
        found = client.get("/api/v1/search?q=lanterns").json()
        assert (found["total"], found["related"], found["hits"][0]["related"]) == (1, 1, True)


@pytest.mark.django_db
class TestWithoutModel:
    @pytest.mark.parametrize("path", ["", f"{FAKE}.MissingEmbedder", f"{FAKE}.NoSuchThing", f"{FAKE}.BrokenEmbedder"])
    def test_words_are_found_all_the_same(self, settings: Any, index: Any, path: str) -> None:
        settings.SEARCH_EMBEDDER = path
        the_harbour()
        assert titles(ask("beacon")) == ["Wicks"]
        assert titles(ask("lanterns")) == []

    def test_health_names_what_fails_and_stays_well(self, settings: Any, index: Any, client: Client) -> None:
        the_harbour()
        assert list(services.warnings()) == [], "no model is wanted"
        settings.SEARCH_EMBEDDER = f"{FAKE}.MissingEmbedder"
        (warning,) = services.warnings()
        assert "only words are searched" in warning
        assert "no such package" in warning
        settings.SEARCH_EMBEDDER = f"{FAKE}.BrokenEmbedder"
        embed_waiting()
        (warning,) = services.warnings()
        assert "no room" in warning
        assert services.health().sound
        assert warning in client.get("/health").json()["warnings"]


@pytest.mark.django_db
class TestFiles:
    def folder(self, settings: Any, model: Any) -> Path:
        return Path(settings.SEARCH_INDEX_DIR) / "meaning" / embedders.model_name(model)

    def test_meaning_does_not_wait_for_the_printing_of_the_same_publication(self) -> None:
        assert meaning_tasks.embed.priority > print_one.priority

    def test_a_long_reading_brings_its_file_up_to_date_on_the_way(self, model: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(meaning_services, "WRITTEN_EVERY_S", 0.0)
        publish("Locks", "Water is held back.")
        publish("Cranes", "Goods are lifted.")
        read, held = meaning_services.vectors_of, []

        def reading(*args: Any) -> EditionVectors:
            held.append(len(EditionVectors.objects.all()))
            try:
                found = len(store.here(embedders.current()).library().editions)
            except NoMeaning:
                found = 0
            assert found == held[-1] == len(held) - 1
            return read(*args)

        monkeypatch.setattr(meaning_services, "vectors_of", reading)
        assert embed_waiting() == len(held) > 1

    def test_texts_are_read_once_whatever_happens_to_the_file(self, model: Any, settings: Any) -> None:
        the_harbour()
        rows = EditionVectors.objects.count()
        assert embed_waiting() == 0
        for path in self.folder(settings, model).iterdir():
            path.unlink()
        assert titles(ask("lanterns")) == [], "words alone until the next tick"
        assert embed_waiting() == 0
        assert titles(ask("lanterns")) == ["Wicks"]
        assert EditionVectors.objects.count() == rows

    def test_a_row_of_another_length__is_passed_over_and_the_others_are_kept(self, model: Any, settings: Any) -> None:
        the_harbour()
        first = EditionVectors.objects.order_by("edition").first()
        assert first is not None
        EditionVectors.objects.filter(pk=first.pk).update(vectors=bytes(first.vectors)[:-1])
        for path in self.folder(settings, model).iterdir():
            path.unlink()
        embed_waiting()
        held = set(store.here(model).library().editions)
        assert held == set(EditionVectors.objects.exclude(pk=first.pk).values_list("edition", flat=True))
        assert len(held) > 8

    def test_half_written_vectors_are_not_read_and_made_anew(self, model: Any, settings: Any) -> None:
        the_harbour()
        (data,) = self.folder(settings, model).glob("vectors-*")
        told = self.folder(settings, model) / "index.json"
        data.write_bytes(data.read_bytes()[:-30])
        told.write_text(told.read_text())  # another moment: it is opened again
        assert titles(ask("lanterns")) == []
        assert "cannot be read" in query_vector.trouble()
        embed_waiting()
        assert titles(ask("lanterns")) == ["Wicks"]
        assert query_vector.trouble() == ""

    def test_a_writer_killed_before_it_told_leaves_bytes_that_the_next_one_covers(
        self, model: Any, settings: Any, monkeypatch: Any
    ) -> None:
        the_harbour()
        publish("Second", "A lantern again.")
        drain()

        def killed(*args: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(store, "replace", killed)
            with pytest.raises(KeyboardInterrupt):
                embed_waiting()
        assert titles(ask("beacons")) == ["Wicks"]
        embed_waiting()
        assert set(titles(ask("lamp"))) == {"Wicks", "Second"}
        library = store.here(model).library()
        assert len(library.rows) == sum(held.rows for held in library.editions.values())

    def test_the_file_does_not_grow_with_what_was_taken_back(self, model: Any) -> None:
        the_harbour()
        before = len(store.here(model).library().rows)
        for _ in range(5):
            EditionVectors.objects.all().delete()
            store.here(model).refresh()
            embed_waiting()
        assert len(store.here(model).library().rows) <= 2 * before

    def test_another_process_sees_what_was_added(self, model: Any, settings: Any) -> None:
        the_harbour()
        other = store.Store(self.folder(settings, model), embedders.model_name(model), model.dimensions)
        held = len(other.library().editions)
        publish("Later", "A lamp.")
        drain()
        embed_waiting()
        assert len(other.library().editions) == held + 1


@given(st.integers(0, 2**32 - 1), st.integers(1, 30))
def test_bytes_keep_the_cosines(seed: int, count: int) -> None:
    chance = np.random.default_rng(seed)
    made = chance.normal(size=(count + 1, 384)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    rows = quantised(made[1:])
    assert np.abs(cosines(rows, made[0]) - made[1:] @ made[0]).max() < 0.005
    assert np.allclose(np.linalg.norm(rows["numbers"] * rows["scale"][:, None], axis=1), 1, atol=1e-5)


def test_a_large_library_is_looked_through_as_a_small_one_where_it_matters(monkeypatch: Any) -> None:
    chance = np.random.default_rng(2099)
    made = chance.normal(size=(600 * 5, 64)).astype(np.float32)
    made[4 * 5 : 5 * 5, 0] += 20  # one document is about something
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    editions = {f"E{n}": Held(n * 5, ("a", "b", "c")) for n in range(600)}
    library = Library(quantised(made), editions)
    question = np.zeros(64, np.float32)
    question[0] = 1
    part = Likeness(library, question, besides=("E599", "none"))
    monkeypatch.setattr("search.meaning.vector_similarity.LOOKED_THROUGH", 10_000)
    whole = Likeness(library, question)
    assert max(part.scores, key=part.scores.__getitem__) == max(whole.scores, key=whole.scores.__getitem__) == "E4"
    assert part.scores["E4"] == pytest.approx(whole.scores["E4"], abs=1e-6)
    assert part.usual == pytest.approx(whole.usual, abs=1e-6)
    assert "E599" in part.scores
    assert len(part.scores) < 500
    assert part.nearest("E4") == whole.nearest("E4")


@pytest.mark.django_db
def test_a_question_for_how_many__is_answered_by_no_paragraph_without_a_number(model: Any) -> None:
    the_harbour()
    publish("Count", "The lanterns of the pier were counted by the keepers, who found 512 lanterns in all.")
    publish("Praise", "The lanterns of the pier are the finest, and how many admire these lanterns at night!")
    drain()
    embed_waiting()
    panel = ask("how many lanterns are there at the pier?").panel
    assert panel is None or "512" in panel.text
    assert ask("how many wardens are there at the pier?").panel is None


@pytest.mark.django_db
def test_a_name_that_is_a_word_of_no_language__keeps_a_question_from_being_about_nothing(model: Any) -> None:
    the_harbour()
    for number in range(12):
        publish(f"More {number}", f"Accounts of the {number}th year.")
    publish("Bureau", "The QUAFFIRIC keeps registers.")
    drain()
    embed_waiting()
    assert titles(ask("QUAFFIRIC lawsuit"))[0] == "Bureau"
    assert ask("registers lawsuit ceasefire pancakes").total == 0
    assert ask("pancakes in 2099").total == 0  # a year is no subject


def test_embedder_that_failed_once__is_not_tried_again_by_this_process(settings: Any, monkeypatch: Any) -> None:
    tried = []

    def failing(path: str) -> Any:
        tried.append(path)
        raise OSError("no model")

    monkeypatch.setattr(embedders, "import_string", failing)
    settings.SEARCH_EMBEDDER, settings.SEARCH_EMBEDDER_FOLDER = "a.model.of.nobody", "/nowhere"
    for _time in range(2):
        with pytest.raises(NoMeaning):
            embedders.current()
    assert tried == ["a.model.of.nobody"]
