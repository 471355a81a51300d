"""A reader downloads the draft for Word, changes it, brings it back, sees every comment and sends them."""

import time
from dataclasses import replace
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consultation.comments.models import Comment
from consultation.submissions.models import Draft
from consultation.word_comments import services, views
from consultation.word_comments.services import reviewed
from editions.document.passages import Passage, PassageKind
from formats.cover import Cover
from formats.docx.tracked_changes import Review, Reviewed
from formats.docx_writing import write
from gate.forms.proof_of_work import LEAST_BITS
from tests.consultation.submissions.test_journey import PERSON, form_token
from tests.consultation.word_comments.edits import Edited, said_in
from tests.formats.round_trips.documents import Generator
from tests.gate.test_proof_of_work import fields, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def redline(client: Client, consultation: object) -> Edited:
    """The draft as it is downloaded."""
    page = client.get(f"{consultation.address}comments/word/").content.decode()
    link = next(part for part in page.split('"') if part.endswith("document.docx"))
    return Edited(client.get(link).content)


def send_back(client: Client, address: str, content: bytes, **more: str) -> object:
    token = form_token(client.get(f"{address}comments/word/"))
    file = SimpleUploadedFile("redline.docx", content)
    return client.post(f"{address}comments/word/", {"form_token": token, "file": file} | more)


def test_a_redline__comes_back_as_comments_is_previewed_and_sent(client, consultation, redline, unhurried) -> None:
    paragraph = redline.paragraph("Any network may join")
    redline.comment(paragraph, "Schools too?")
    redline.replace(said_in(paragraph)[0], 0, "Any network", "Every network")
    answer = send_back(client, consultation.address, redline.content())
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "<ins>" in page
    assert "Schools too?" in page
    assert "B. Reader" not in page
    client.post(answer["Location"], PERSON)
    found = {(comment.body, comment.proposed[:13]) for comment in Comment.objects.all()}
    assert ("Schools too?", "") in found
    assert any(proposed == "Every network" for _body, proposed in found)
    assert {target.passage.text[:11] for comment in Comment.objects.all() for target in comment.targets.all()} == {
        "Any network"
    }


def test_names_of_the_file__stand_in_the_comments_only_where_that_was_asked_for(client, consultation, redline) -> None:
    redline.comment(redline.paragraph("Any network may join"), "Schools too?")
    send_back(client, consultation.address, redline.content(), with_names="on")
    assert "B. Reader" in Draft.objects.get().comments[0]["body"]


def test_what_stands_in_no_paragraph__is_shown_with_the_draft(client, consultation, redline) -> None:
    redline.comment(redline.paragraph("Any network may join"), "Schools too?")
    header = next(name for name in redline.parts if "header" in name)
    put = b'<w:ins w:id="1" w:author="C"><w:r><w:t>Embargoed</w:t></w:r></w:ins></w:p>'
    redline.parts[header] = redline.parts[header].replace(b"</w:p>", put, 1)
    answer = send_back(client, consultation.address, redline.content())
    assert "Embargoed" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04broken"])
def test_a_file_that_is_no_word_file__is_refused_in_words_and_nothing_is_kept(client, consultation, content) -> None:
    answer = send_back(client, consultation.address, content)
    assert answer.status_code == 422
    assert "cannot be read" in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_file_without_changes_or_of_another_document__is_refused_in_words(client, consultation, redline) -> None:
    other = write(Generator(3, "ru").document(20), Cover())
    for content, said in (
        (redline.content(), "no change and no comment"),
        (other, "not hold the text of this document"),
    ):
        answer = send_back(client, consultation.address, content)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_second_file__joins_the_draft_of_this_browser_and_another_browser_gets_its_own(
    client, consultation, redline
) -> None:
    redline.comment(redline.paragraph("Any network may join"), "Schools too?")
    token = form_token(client.get(f"{consultation.address}comments/word/"))
    address = f"{consultation.address}comments/word/"

    def bring(browser: Client) -> str:
        file = SimpleUploadedFile("redline.docx", redline.content())
        return str(browser.post(address, {"form_token": token, "file": file})["Location"])

    first = bring(client)
    assert bring(client) == first
    assert len(Draft.objects.get().comments) == 2
    other = bring(Client())
    assert other != first


def test_costly_file__is_read_for_nobody_without_a_form_and_one_at_a_time_and_not_beyond_the_limit(
    client, consultation, redline, monkeypatch
) -> None:
    """A file of 250 kB took ten seconds of processor, as often as anybody sent it, before its form was looked at."""
    address, read = f"{consultation.address}comments/word/", []
    monkeypatch.setattr(views, "reviewed", lambda content: read.append(content) or reviewed(content))
    file = SimpleUploadedFile("a.docx", redline.content())
    assert client.post(address, {"form_token": "made up", "file": file}).status_code == 422
    assert read == []
    monkeypatch.setattr(views, "TURN_S", 0.01)
    with views._TURN:
        busy = send_back(client, consultation.address, redline.content())
    assert (busy.status_code, busy["Retry-After"]) == (503, "60")
    assert "Other Word files are being read" in busy.content.decode()
    assert read == []
    assert send_back(client, consultation.address, redline.content()).status_code == 422, "nothing changed in it"
    monkeypatch.setattr(views, "READINGS", 2)
    assert send_back(client, consultation.address, redline.content()).status_code == 429
    assert len(read) == 1


def test_file_from_a_crowded_network__is_asked_for_again_behind_the_button_and_taken(
    client, consultation, redline, monkeypatch
) -> None:
    """The page said to go back and choose the file again, which asked for the same work again without end."""
    monkeypatch.setattr(views.WORD, "free", 0)
    redline.comment(redline.paragraph("Any network may join"), "Schools too?")
    address = f"{consultation.address}comments/word/"
    asked = send_back(client, consultation.address, redline.content())
    assert asked.status_code == 429
    assert "press the button, and the next page asks for them again" in asked.content.decode()
    given = fields(asked.content.decode())
    given["proof_answer"] = worked(given["proof_challenge"], LEAST_BITS)
    pressed = client.post(address, given)
    assert pressed.status_code == 422
    file = SimpleUploadedFile("redline.docx", redline.content())
    taken = client.post(address, fields(pressed.content.decode()) | {"file": file})
    assert taken.status_code == 302
    assert Draft.objects.get().comments


def test_file_with_many_times_the_paragraphs_of_the_text__is_not_compared(client, consultation, monkeypatch) -> None:
    monkeypatch.setattr(services.matching_job, "question", None)
    monkeypatch.setattr(services, "MOST_BESIDE", 0)
    long = write(Generator(3, "en").document(60), Cover())
    answer = send_back(client, consultation.address, long)
    assert answer.status_code == 422
    assert "not hold the text of this document" in answer.content.decode()


def test_file_of_many_times_the_words_of_the_text__is_neither_compared_nor_kept(client, consultation, redline) -> None:
    """Millions of signs in a paragraph with the bookmarks of the text took the longer the more there were, and stood in
    the draft of a stranger."""
    redline.new_behind(redline.paragraphs()[-1], " ".join(f"word{n}" for n in range(40_000)))
    answer = send_back(client, consultation.address, redline.content())
    assert answer.status_code == 422
    assert "not hold the text of this document" in answer.content.decode()
    assert not Draft.objects.exists()


def test_words_made_to_be_alike__are_compared_in_a_child_and_given_up_within_its_budget(monkeypatch) -> None:
    """They kept a process of the site busy for minutes, beside every reader."""
    drawn = Random(3)
    texts = [" ".join(drawn.choices([f"w{n}" for n in range(60)], k=100)) for _ in range(300)]
    text = [
        Passage(n, n, f"p{n}", PassageKind.PARAGRAPH, f"k{n}", (), None, each, "en") for n, each in enumerate(texts)
    ]
    mixed = [" ".join(drawn.sample(words := each.split(), len(words))) for each in texts * 4]
    file = Review(tuple(Reviewed((), each, each) for each in mixed))
    monkeypatch.setattr(services, "BUDGET", replace(services.BUDGET, cpu=2))
    begin = time.monotonic()
    with pytest.raises(services.NotTaken):
        services._on_budget("matching_job:match", services.matching_job.question(file, text, [], []))
    assert time.monotonic() - begin < services.BUDGET.wall
