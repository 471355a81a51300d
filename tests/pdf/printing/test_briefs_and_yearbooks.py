"""Briefs and yearbooks."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest
from django.utils import translation

from editions import services as editions
from editions.document.model import Document, Paragraph, Section, SectionKind
from editions.models import Edition
from pdf.composition.brief import brief_of, shortened
from pdf.composition.yearbook import VolumeJob
from pdf.printing import services, yearbooks
from pdf.printing.models import Printing, Volume
from pdf.printing.retries import MOST_ATTEMPTS
from pdf.render import render_brief, render_volume
from tests.pdf import samples
from tests.pdf.reading import body_text, squeezed, structure_text
from tests.pdf.samples import text

NOON = datetime(2099, 3, 4, 12, tzinfo=UTC)


def section(key: str, kind: SectionKind, title: str, words: str = "Words.") -> Section:
    return Section(key, kind, (text(title),) if title else (), (), (Paragraph(f"{key}p", (text(words),)),))


def test_brief_of__a_document_with_typed_blocks__takes_their_titles_or_first_words():
    document = Document(
        "Lamps", "en",
        (
            section("s", SectionKind.SUMMARY, "", "What it is about."),
            section("f", SectionKind.FINDING, "Oil keeps dry"),
            section("r", SectionKind.RECOMMENDATION, "", "Store it high."),
            section("q", SectionKind.OPEN_QUESTION, "Who pays?"),
        ),
    )  # fmt: skip
    found = brief_of(document, "unused")
    assert found.summary == "What it is about."
    assert found.points == ("Oil keeps dry", "Store it high.")
    assert found.questions == ("Who pays?",)


@pytest.mark.parametrize(("words", "most", "short"), [("one two", 20, "one two"), ("one two three", 9, "one two …")])
def test_shortened__ends_after_a_whole_word(words, most, short):
    assert shortened(words, most) == short


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_render_brief__of_a_long_document__is_one_page_that_says_its_points(language, tmp_path):
    blocks = [section(f"f{index}", SectionKind.FINDING, samples.SENTENCES[language]) for index in range(30)]
    blocks += [section(f"q{index}", SectionKind.OPEN_QUESTION, samples.SENTENCES[language]) for index in range(30)]
    document = Document(samples.TITLES[language], language, tuple(blocks))
    made = render_brief(samples.job(document))
    assert made.pages == 1
    read = structure_text(made.content, tmp_path)
    assert squeezed(shortened(samples.SENTENCES[language], 240))[:40] in read
    assert "BPF-2099-LAMPS-E1" in read


def test_render_volume__of_six_languages__holds_every_text_once_with_common_contents(tmp_path):
    jobs = tuple(
        replace(samples.job(samples.document(language, 1)), identifier=f"BPF-2099-L{number}-E1")
        for number, language in enumerate(samples.LANGUAGES)
    )
    volume = VolumeJob("Outcomes of 2099", "BPF-2099", "https://library.example/library/2099/yearbook.pdf", jobs, NOON)
    made = render_volume(volume)
    assert made.content == render_volume(volume).content
    read = structure_text(made.content, tmp_path)
    for job in jobs:
        assert read.count(body_text(job.document)) == 1
        assert f"{job.identifier}.{squeezed(job.document.title)}" in read
    with pikepdf.open(io.BytesIO(made.content)) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[1:-1] == [job.document.title for job in jobs]


@pytest.fixture
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path


def outcome(series: str, stage: str = "final", theme: str = "resilience") -> Edition:
    metadata = dict(samples.metadata(themes=[{"slug": theme, "label": theme.capitalize()}]))
    slug = series.rsplit("-", 1)[-1].lower()
    draft = editions.Draft(series, 2099, slug, slug, samples.document("en", 1), metadata)
    return editions.freeze(draft, page=None, stage=stage, at=NOON)


@pytest.mark.django_db
@pytest.mark.usefixtures("own_folder")
class TestAddresses:
    def test_yearbook__holds_the_outcomes_and_no_draft(self, client, tmp_path):
        first, draft = outcome("BPF-2099-OIL"), outcome("BPF-2099-WICK", "comment")
        answer = client.get("/library/2099/yearbook.pdf")
        assert answer.status_code == 200
        read = structure_text(answer.content, tmp_path)
        assert first.identifier in read
        assert draft.identifier not in read

    def test_yearbook__after_another_outcome__is_another_file_and_the_first_is_kept(self, client):
        outcome("BPF-2099-OIL")
        before = client.get("/library/2099/yearbook.pdf")["ETag"]
        outcome("BPF-2099-WICK")
        assert client.get("/library/2099/yearbook.pdf")["ETag"] != before
        assert Volume.objects.count() == 2

    def test_yearbook__of_a_year_without_outcomes__is_404(self, client):
        outcome("BPF-2099-OIL", "comment")
        assert client.get("/library/2099/yearbook.pdf").status_code == 404

    def test_yearbook__too_long_to_print_while_waiting__is_printed_by_the_worker(self, client, monkeypatch):
        monkeypatch.setattr(yearbooks, "SMALL_PASSAGES", 3)
        outcome("BPF-2099-OIL")
        answer = client.get("/library/2099/yearbook.pdf")
        assert answer.status_code == 503
        assert answer["Retry-After"] == answer["Refresh"]
        assert 'href="/library/2099/yearbook.pdf"' in answer.content.decode()
        assert yearbooks.print_asked_for() == 1
        assert client.get("/library/2099/yearbook.pdf").status_code == 200

    def test_volumes__too_long_to_print_while_waiting__are_printed_before_anybody_asks(self, client, monkeypatch):
        outcome("BPF-2099-OIL")
        assert yearbooks.print_ahead() == 0  # small ones are made while a reader waits
        monkeypatch.setattr(yearbooks, "SMALL_PASSAGES", 3)
        assert yearbooks.print_ahead(limit=1) == 1
        assert services.print_missing() == 2  # the edition, and the other volume
        assert set(Volume.objects.values_list("kind", "key")) == {("year", "2099"), ("theme", "resilience")}
        assert yearbooks.print_ahead() == 0
        assert client.get("/library/2099/yearbook.pdf").status_code == 200
        assert client.get("/themes/resilience/outcomes.pdf").status_code == 200

    def test_volumes__standing_now__are_what_each_address_serves(self):
        for series, stage, theme in (
            ("BPF-2099-OIL", "final", "resilience"),
            ("BPF-2099-GAS", "final", "access"),
            ("BPF-2099-TAR", "comment", "access"),
        ):
            outcome(series, stage, theme)
        standing = yearbooks._standing_now()
        assert {key[0] for key in standing} == {"year", "theme"}
        assert all(held == yearbooks.editions_in(kind, key) for (kind, key), held in standing.items())
        assert [held.series for held in standing["theme", "access"]] == ["BPF-2099-GAS"]

    def test_yearbook__printed_for_a_french_reader__is_the_same_file(self):
        outcome("BPF-2099-OIL")
        with translation.override("fr"):
            french = yearbooks.print_volume(Volume.Kind.YEAR, "2099").sha256
        Volume.objects.all().delete()
        assert yearbooks.print_volume(Volume.Kind.YEAR, "2099").sha256 == french

    def test_yearbook__given_up__says_so_and_does_not_ask_to_come_back(self, client, monkeypatch):
        def broken(*_args: object) -> None:
            raise OSError("fictitious")

        monkeypatch.setattr(yearbooks, "render_volume", broken)
        outcome("BPF-2099-OIL")
        client.get("/library/2099/yearbook.pdf")
        Volume.objects.update(attempts=MOST_ATTEMPTS)
        answer = client.get("/library/2099/yearbook.pdf")
        assert answer.status_code == 503
        assert "Retry-After" not in answer
        assert "Refresh" not in answer
        assert "could not be printed" in answer.content.decode()

    def test_theme__holds_its_own_outcomes_only(self, client, tmp_path):
        mine, other = outcome("BPF-2099-OIL"), outcome("BPF-2099-WICK", theme="access")
        read = structure_text(client.get("/themes/resilience/outcomes.pdf").content, tmp_path)
        assert mine.identifier in read
        assert other.identifier not in read

    def test_brief__of_an_edition__is_one_page_with_a_tag(self, client):
        edition = outcome("BPF-2099-OIL")
        answer = client.get(f"{edition.permanent_address}brief.pdf")
        assert answer.content.startswith(b"%PDF")
        again = client.get(f"{edition.permanent_address}brief.pdf", headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304

    def test_brief__of_a_withdrawn_edition__is_410(self, client):
        edition = outcome("BPF-2099-OIL")
        editions.withdraw(edition.series, "A fictitious reason.", NOON)
        assert client.get(f"{edition.permanent_address}brief.pdf").status_code == 410

    def test_print_anew__after_an_erasure__leaves_no_old_file(self, monkeypatch, django_capture_on_commit_callbacks):
        edition = outcome("BPF-2099-OIL")
        old = services.print_edition(edition)
        store, name = old.file.storage, old.file.name
        real = services.job_for
        monkeypatch.setattr(services, "job_for", lambda found: replace(real(found), paper="Letter"))
        with django_capture_on_commit_callbacks(execute=True):
            services.print_anew(edition)
        assert not store.exists(name)
        assert Printing.objects.get(edition=edition).sha256 != old.sha256
