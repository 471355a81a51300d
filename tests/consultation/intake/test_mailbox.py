"""Comments that came by mail: a mailbox becomes entries that wait for a person, each at its paragraph."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultation.comments.models import Comment
from consultation.intake import mailbox
from consultation.vocabulary import Moderation
from core.spreadsheets import SheetError
from formats.draft import UnreadableFile
from formats.mail.letters import letters
from tests.consultation.stories import PAPER, begun

ANNE = b"""From anne@example.org Thu May  7 10:00:00 2020
From: =?utf-8?q?Ann=C3=A9_Fictiva?= <anne@example.org>
To: list@example.org
Subject: Re: Lamps
Date: Thu, 7 May 2020 10:00:00 +0200
Message-ID: <1@example.org>
Content-Type: text/plain; charset=cp1252

Dear all,

On Wed, the forum wrote:
> The lamp rooms of the islands were built in the winter of 2091 by
> three villages together.

Please name the three villages, as the caf\xe9 owners asked for that.

> Any network may join the exchange on the same published terms, whatever its size or age.

The terms should say who publishes them and in which language.

Best regards,
Ann\xe9
"""
BEN = b"""From ben@example.org Thu May  7 11:00:00 2020
From: ben@example.org
Subject: Lamps, in general
Date: not a date

A general remark on all of the text, without any quotation in it.
"""


def said(content: bytes) -> list[list[tuple[str, str]]]:
    return [[(each.quote, each.words) for each in letter.said] for letter in letters(content)]


def test_letters__of_answers_between_quotations__are_remarks_with_their_quotation() -> None:
    first, second = said(ANNE + b"\n" + BEN)
    assert [quote[:20] for quote, _words in first] == ["The lamp rooms of th", "Any network may join"]
    assert first[0][1].startswith("Dear all,\n\nPlease name")
    assert first[1][1].endswith("Best regards,\nAnné")
    assert second == [("", "A general remark on all of the text, without any quotation in it.")]
    ann = next(letters(ANNE))
    assert (ann.name, ann.address, ann.at) == ("Anné Fictiva", "anne@example.org", "2020-05-07T10:00:00+02:00")


def test_letters__of_a_mail_that_is_a_web_page_only__are_its_words() -> None:
    page = b"From: a@example.org\nContent-Type: text/html\n\n<p>Lamps should <b>burn</b> longer than this.</p>"
    assert said(page) == [[("", "Lamps should burn longer than this.")]]


@given(
    st.binary(max_size=400),
    st.lists(st.sampled_from([b"> a quote\n", b"words of mine here\n", b"\n", b"-- \n", b">\n"])),
)
def test_letters__of_any_bytes__are_read_or_refused_and_lose_no_own_word(head: bytes, lines: list[bytes]) -> None:
    body = b"".join(lines)
    found = said(b"From: a@example.org\n\n" + body)
    signed = body.find(b"-- \n")
    if signed < 0:
        kept = " ".join(words for _quote, words in found[0])
        assert kept.count("words of mine here") == body.count(b"words of mine here")
    with suppress(UnreadableFile):
        said(head)


@pytest.fixture
def story(people):
    return begun(people, PAPER)


def take(story, content: bytes):
    return mailbox.take(
        story.period,
        mailbox.read("a.mbox", content),
        user=story.people["facilitator"],
        now=timezone.now(),
        language="en",
    )


@pytest.mark.django_db
def test_a_mailbox__becomes_comments_at_their_paragraphs__with_sender_and_date(story) -> None:
    results = take(story, ANNE + b"\n" + BEN)
    assert [(result.row, result.places) for result in results] == [(1, "¶ 1"), (1, "¶ 2"), (2, "whole document")]
    first = Comment.objects.get(number=results[0].number)
    assert first.moderation == Moderation.PENDING
    sent = first.submission
    assert (sent.submitter.name, sent.submitter.email) == ("Anné Fictiva", "anne@example.org")
    assert sent.received_at == datetime(2020, 5, 7, 8, tzinfo=UTC)
    assert (sent.received_via, sent.channel_note) == ("email", "Re: Lamps")
    with sent.original.open() as kept:
        assert b"villages together" in kept.read()
    assert "the date is not that of the mail" in results[2].doubt
    assert not Comment.objects.get(number=results[2].number).submission.received_at > timezone.now() + timedelta(1)


@pytest.mark.django_db
def test_a_mailbox__taken_twice__takes_no_mail_twice_and_tells_of_the_same_words(story) -> None:
    first = take(story, ANNE)
    again = take(story, ANNE + b"\n" + BEN)
    assert [result.number for result in again if not result.is_new] == [result.number for result in first]
    assert Comment.objects.count() == 3
    undated = take(story, BEN)
    assert f"says the same words as #{again[-1].number}" in undated[0].doubt


OWN, QUOTED = "I would rather keep the second sentence as it is.", "Any network may join the exchange."
ANN = "Ann Ficta <ann@example.org>"
LEAD_INS = {
    "Gmail, Arabic": f"في الاثنين، ٢ نوفمبر ٢٠٩٩ في ١٠:٠٠ ص تمت كتابة ما يلي بواسطة \u202a{ANN}\u202c\u200f:",
    "Gmail, Chinese": f"{ANN} 于2099年11月2日周一 10:00写道：",
    "Gmail, Taiwan": f"{ANN} 於 2099年11月2日 週一 上午10:00寫道：",
    "Gmail, Russian": f"пн, 2 нояб. 2099 г. в 10:00, {ANN}:",
    "Gmail, Japanese": f"2099年11月2日(月) 10:00 {ANN}:",
    "Gmail, Spanish": "El lun, 2 nov 2099 a las 10:00, Ann Ficta (<ann@example.org>) escribió:",
    "Apple Mail, Chinese": f"2099年11月2日 上午10:00，{ANN} 写道：",
    "Apple Mail, Arabic": f"في ٢ نوفمبر ٢٠٩٩، الساعة ١٠:٠٠ ص، كتب {ANN}:",
    "Dutch": f"Op ma 2 nov 2099 om 10:00 schreef {ANN}:",
    "on two lines": "On Mon, Nov 2, 2099 at 10:00 AM Ann Ficta the Longest of Names\n<ann@example.org> wrote:",
}
HEADS = {
    "Spanish": "De: Ann\nEnviado el: lunes, 2 de noviembre de 2099 10:00\nPara: x",
    "French": "De : Ann\nEnvoyé : lundi 2 novembre 2099 10:00\nÀ : x",
    "Russian": "От: Ann\nДата: 2 ноября 2099 г. 10:00\nКому: x",
    "Arabic": "من: Ann\nتم الإرسال: 2 نوفمبر 2099\nإلى: x",
    "Chinese": "发件人: Ann\n发送时间: 2099年11月2日 10:00\n收件人: x",
    "Taiwan": "寄件者: Ann\n寄件日期: 2099年11月2日\n收件者: x",
    "Portuguese": "De: Ann\nEnviada em: segunda-feira, 2 de novembro de 2099\nPara: x",
    "below a rule in words not known": "-----Alkuperäinen viesti-----\nFrom: Ann\nSent: Monday",
    "below a rule in Chinese": "------------------ 原始邮件 ------------------\n发件人: Ann\n发送时间: 2099",
    "below a rule in French": "-----Message d’origine-----\nDe : Ann\nEnvoyé : lundi",
}
PAGES = {
    "Gmail": f'<div dir="ltr">{OWN}</div><div class="gmail_quote"><div class="gmail_attr">On Mon, Ann wrote:<br></div>'
    f'<blockquote class="gmail_quote">{QUOTED}</blockquote></div>',
    "Outlook": f"<div><p>{OWN}</p><p><b>From:</b> Ann<br><b>Sent:</b> Monday<br><b>To:</b> x</p><p>{QUOTED}</p>",
    "Outlook on the web": f'<div>{OWN}</div><hr><div id="divRplyFwdMsg"><b>Von:</b> Ann</div><div>{QUOTED}</div>',
    "with a signature": f'<div>{OWN}</div><div class="moz-signature">Ann Ficta, Office of Lamps, Fictitia</div>',
}


def mailed(body: str, kind: str = "plain") -> list[tuple[str, str]]:
    head = f"From: {ANN}\nDate: Mon, 2 Nov 2099 10:00:00 -0000\nContent-Type: text/{kind}; charset=utf-8\n\n"
    return said((head + body).encode())[0]


def test_letters__of_any_program_and_language__are_the_words_of_their_sender_alone() -> None:
    found = {name: mailed(f"{line}\n> {QUOTED}\n\n{OWN}\n") for name, line in LEAD_INS.items()}
    assert {name: told for name, told in found.items() if told != [(QUOTED, OWN)]} == {}
    found = {name: mailed(f"{OWN}\n\n{head}\n\n{QUOTED}\n") for name, head in HEADS.items()}
    found |= {f"page of {name}": mailed(page, "html") for name, page in PAGES.items()}
    assert {name: told for name, told in found.items() if told != [("", OWN)]} == {}
    between = f'<div class="gmail_quote"><blockquote><p>Lamps.</p><p>{QUOTED}</p></blockquote><div>{OWN}</div></div>'
    assert mailed(between, "html") == [(QUOTED, OWN)]


@pytest.mark.parametrize(
    "content", [b"", b"no mail at all", b"PK\x03\x04" + b"x" * 99, b"From: a@example.org\n\n> only a quote\n"]
)
def test_a_file_that_is_no_mail__is_refused_in_words(content: bytes) -> None:
    with pytest.raises(SheetError):
        mailbox.read("a.mbox", content)


@pytest.mark.django_db
def test_a_mail_of_more_remarks_than_a_person_reads__is_refused_and_nothing_is_kept(story) -> None:
    content = b"From: a@example.org\n\n" + b"> What somebody wrote before.\n\nSix words of mine stand here.\n\n" * 2001
    with pytest.raises(SheetError) as refusal:
        take(story, content)
    assert "2000" in refusal.value.problems[0].reason
    assert not Comment.objects.exists()


@pytest.mark.django_db
def test_places_in_the_text__are_looked_for_before_anything_is_locked(story, monkeypatch) -> None:
    outside = len(connection.savepoint_ids)
    seen: list[int] = []
    stock = mailbox.find_quote

    def watched(*given):
        seen.append(len(connection.savepoint_ids))
        return stock(*given)

    monkeypatch.setattr(mailbox, "find_quote", watched)
    take(story, ANNE)
    assert set(seen) == {outside}


@pytest.mark.django_db
def test_the_page__takes_a_mail__and_shows_what_became_of_it(story, client) -> None:
    client.force_login(story.people["rapporteur"])
    address = reverse("consultation_admin:take_mails", args=[story.process.pk])
    shown = client.post(address, {"mails": SimpleUploadedFile("a.eml", ANNE), "language": "en"}).content.decode()
    assert "2 comments wait for moderation." in shown
    assert "¶ 2" in shown
    refused = client.post(address, {"mails": SimpleUploadedFile("a.eml", b"nothing"), "language": "en"})
    assert refused.status_code == 422
    assert "no mailbox that can be read" in refused.content.decode()
