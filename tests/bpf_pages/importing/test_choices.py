"""What an editor takes in or leaves out against the reader: applied, kept with the file, and in the ledger."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bpf_pages.importing.choices import Choices, came, settled, settled_ledger
from bpf_pages.importing.content_counts import things_of
from bpf_pages.importing.foreign_files import read
from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.outcome import OutcomePage
from tests.bpf_pages.importing import office
from tests.bpf_pages.importing.test_importing import texts, waiting

FILE = office.word_file(
    office.heading(1, "Tides"),
    office.paragraph(office.run("Seen first")),
    office.paragraph(office.run("hidden <words>", "<w:vanish/>"), office.run("Seen second")),
    office.table(("Place", "Depth"), ("North", "40 m")),
    office.paragraph(office.run("Seen last")),
)


@pytest.fixture(scope="module")
def reading() -> dict[str, Any]:
    found, _pictures = read("tides.docx", FILE)
    return found


def total(ledger: dict[str, Any]) -> int:
    return ledger["kept"] + ledger["moved"] + sum(ledger["left_out"].values()) + ledger["unaccounted_words"]


def said(reading: dict[str, Any]) -> list[str]:
    return [block.text for block in came(reading)]


def test_a_stretch_taken_in__stands_where_it_stood_and_is_counted_as_kept(reading: dict[str, Any]) -> None:
    assert [(left["reason"], left["text"]) for left in reading["left_out"]] == [("hidden", "hidden <words>")]
    choices = Choices(taken_in=frozenset({0}))
    after = settled(reading, choices)
    assert "<p>hidden &lt;words&gt;</p><p>Seen second</p>" in after["parts"][0]["html"]
    ledger = settled_ledger(reading, choices)
    assert ("hidden" in ledger["left_out"], ledger["taken_in"]) == (False, 2)
    assert total(ledger) == ledger["words"]


def test_blocks_left_out__go_with_their_words_and_the_ledger_says_who_did_it(reading: dict[str, Any]) -> None:
    blocks = {block.text: block.key for block in came(reading)}
    choices = Choices(left_out=frozenset({blocks["Seen first"], blocks["Place Depth North 40 m"]}))
    after = settled(reading, choices)
    assert [text for text in said(after) if text] == ["Tides", "Seen second", "Seen last"]
    ledger = settled_ledger(reading, choices)
    assert ledger["left_out"] == {"editor": 7, "hidden": 2}
    assert total(ledger) == ledger["words"]


def test_nothing_chosen__changes_nothing(reading: dict[str, Any]) -> None:
    assert said(settled(reading, Choices())) == said(reading)
    assert settled_ledger(reading, Choices()) == reading["ledger"] | {"taken_in": 0}


@given(st.data())
def test_any_choices__keep_every_other_block_in_its_order_and_the_sum_of_the_ledger(
    reading: dict[str, Any], data: st.DataObject
) -> None:
    keys = [block.key for block in came(reading)]
    choices = Choices(
        frozenset(data.draw(st.sets(st.sampled_from([0, 1, 7])))),
        frozenset(data.draw(st.sets(st.sampled_from([*keys, "99", "0.99"])))),
    ).within(reading)
    taken = [left["text"] for number, left in enumerate(reading["left_out"]) if number in choices.taken_in]
    after = [text for text in said(settled(reading, choices)) if text]
    together = " ".join(after)
    assert all(text in together for text in taken)
    for text in taken:
        together = together.replace(text, "", 1)
    left = " ".join(block.text for block in came(reading) if block.key not in choices.left_out)
    assert together.split() == left.split()
    assert total(settled_ledger(reading, choices)) == reading["ledger"]["words"]


def test_notes__follow_their_block_behind_text_that_is_put_in() -> None:
    left = {"reason": "hidden", "text": "was hidden", "place": "", "part": 0, "at": 0, "whole": True}
    figure = {"kind": "Picture", "source": "a", "alt": "A cable", "caption": ""}
    reading = {"parts": [figure], "left_out": [left], "notes": [{"place": 0, "text": "Why?"}], "ledger": {}}
    after = settled(reading, Choices(taken_in=frozenset({0})))
    assert [part["kind"] for part in after["parts"]] == ["Text", "Picture"]
    assert after["notes"] == [{"place": 1, "text": "Why?"}]


@pytest.mark.django_db
def test_a_person__ticks_keeps_brings_in_and_reads_it_later(people: Any, client: Client) -> None:
    imported = waiting(people, "tides.docx", FILE, user=people["rapporteur"])
    client.force_login(people["rapporteur"])
    page = reverse("bpf_pages_admin:imported", args=[imported.pk])
    (key,) = (block.key for block in came(imported.reading) if block.text == "Seen first")
    asked = {"sheet": "1", "take_in": ["0", "12", "x"], "leave_out": [key, "99"]}
    kept = client.post(reverse("bpf_pages_admin:choose", args=[imported.pk]), asked, follow=True).content.decode()
    assert "Nothing is brought in yet" in kept
    assert kept.count("checked") == 2 + kept.count('name="show_original" checked')
    assert not OutcomePage.objects.exists()
    client.post(reverse("bpf_pages_admin:take", args=[imported.pk]), asked)
    assert texts(OutcomePage.objects.get())[:3] == ["Tides", "hidden <words>", "Seen second"]
    later = client.get(page).content.decode()
    assert "left out by the editor" in later
    assert "taken in by the editor" in later
    assert 'type="checkbox"' not in later.split('id="words"')[1].split('id="left-out"')[1]
    assert ImportedFile.objects.get().choices == {"taken_in": [0], "left_out": [key]}
    again = client.post(reverse("bpf_pages_admin:choose", args=[imported.pk]), {"sheet": "1"})
    assert again.status_code == 422


@pytest.mark.django_db
def test_choices_on_one_sheet__leave_those_of_another_alone(people: Any, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("bpf_pages.importing.views.LINES", 2)
    imported = waiting(people, "a.txt", b"One.\n\nTwo.\n\nThree.\n\nFour.", user=people["rapporteur"])
    client.force_login(people["rapporteur"])
    address = reverse("bpf_pages_admin:choose", args=[imported.pk])
    client.post(address, {"sheet": "1", "leave_out": ["0.0", "0.3"]})
    client.post(address, {"sheet": "2", "leave_out": ["0.2"]})
    assert ImportedFile.objects.get().choices["left_out"] == ["0.0", "0.2"]
    client.post(address, {"sheet": "1"})
    assert ImportedFile.objects.get().choices["left_out"] == ["0.2"]


@pytest.mark.django_db
def test_notes_of_reviewers_beyond_one_sheet__stand_on_the_next(people: Any, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("bpf_pages.importing.views.LINES", 3)
    changed = [office.paragraph(office.run("We "), office.inserted(f"noted{number}")) for number in range(5)]
    imported = waiting(people, "a.docx", office.word_file(*changed), user=people["rapporteur"])
    notes = [note["text"] for note in imported.reading["notes"]]
    assert len(notes) == 5
    client.force_login(people["rapporteur"])
    page = reverse("bpf_pages_admin:imported", args=[imported.pk])
    sheets = [client.get(page, {"sheet": number}).content.decode() for number in (1, 2)]
    shown = [[note for note in notes if f"<bdi>{note}</bdi></td><td>" in sheet] for sheet in sheets]
    assert shown == [notes[:3], notes[3:]]
    assert '<a href="?sheet=2#words">2</a>' in sheets[0]


def test_what_the_file_holds_besides_words__is_on_the_page_of_the_import(people: Any, client: Client) -> None:
    imported = waiting(people, "tides.docx", FILE, user=people["rapporteur"])
    rows = {row.name: row for row in things_of(imported.reading["ledger"])}
    cells = rows["table cells with words"]
    assert (cells.in_file, cells.in_draft, cells.told, cells.lost) == (4, 4, 0, 0)
    assert rows["headings of level 1"].lost is None  # a first heading may become the title
    client.force_login(people["rapporteur"])
    page = client.get(reverse("bpf_pages_admin:imported", args=[imported.pk])).content.decode()
    assert '<th scope="row">table cells with words</th><td>4</td><td>4</td><td>0</td><td>0</td>' in page
