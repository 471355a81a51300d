"""Mails as people save them and mailboxes as list archives offer them."""

from base64 import encodebytes
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.document.model import Figure, Heading, ListBlock, text_of_runs
from formats import mail
from formats.draft import Doubt, Reason, Unreadable, UnreadableFile
from tests.examples import examples
from tests.formats.accounting import unaccounted
from tests.formats.said import doubts, left, said

HEAD = "From: Ann Writer <ann@example.org>\nTo: list@example.org\nSubject: Shared routes\nDate: Thu, 2 Jan 2025 09:30:00 +0100\n"


def read(content):
    content = content if isinstance(content, bytes) else content.encode()
    draft = mail.read(content, "x.eml")
    assert unaccounted(mail.words(content), draft) == ""
    return draft


def texts(draft):
    return [said(block) for block in draft.document.blocks]


def test_plain_mail__own_words_apart_from_the_rest():
    draft = read(
        HEAD
        + "\nDear all,\n\nI agree with the text.\n\nOn Wed, 1 Jan 2025, Bob wrote:\n> Do you agree\n> with it?\n\nYes.\n\n-- \nAnn Writer\nSome Office\n"
    )
    assert (draft.document.title, draft.author) == ("Shared routes", "Ann Writer")
    assert draft.written_at == datetime(2025, 1, 2, 8, 30, tzinfo=UTC)
    assert texts(draft) == ["Dear all,", "I agree with the text.", "Yes."]
    assert left(draft, Reason.QUOTED_MAIL) == ["On Wed, 1 Jan 2025, Bob wrote: > Do you agree > with it?"]
    assert "-- Ann Writer Some Office" in left(draft, Reason.METADATA)


@pytest.mark.parametrize("said", ["Wiadomość oryginalna", "Původní zpráva", "Orijinal Mesaj", "원본 메시지"])
def test_answer_below_a_rule_with_words__is_quoted_in_every_language(said):
    draft = read(
        f"Subject: S\nContent-Type: text/plain; charset=utf-8\n\nMine\n\n-----{said}-----\nWho: Bob\n\nTheirs.\n"
    )
    assert texts(draft) == ["Mine"]
    assert left(draft, Reason.QUOTED_MAIL)[-1].endswith("Who: Bob Theirs.")


def test_answer_of_outlook__all_below_its_head_is_quoted():
    draft = read(HEAD + "\nAgreed.\n\n-----Original Message-----\nFrom: Bob\nSent: Monday\nSubject: x\n\nOld words.\n")
    assert texts(draft) == ["Agreed."]
    draft = read(HEAD + "\nAgreed.\n\nFrom: Bob <b@example.org>\nSent: Monday\nTo: Ann\n\nOld words.\n")
    assert texts(draft) == ["Agreed."]


OUTLOOK_HEAD = "<div style='border-top:solid'><p><b>{0}:</b> Bob<br><b>{1}:</b> Monday<br><b>{2}:</b> x</p></div>"


@pytest.mark.parametrize(
    "names",
    [
        ("From", "Sent", "Subject"), ("Von", "Gesendet", "Betreff"), ("От", "Дата", "Тема"), ("Od", "Wysłano", "Temat"),
        ("Od", "Odesláno", "Předmět"), ("Kimden", "Gönderildi", "Konu"), ("Lähettäjä", "Lähetetty", "Aihe"),
        ("از", "ارسال شده", "موضوع"), ("보낸 사람", "보낸 날짜", "제목"), ("差出人", "送信日時", "件名"),
    ],
)  # fmt: skip
def test_answer_of_outlook_in_html__all_below_its_head_is_quoted(names):
    answered = OUTLOOK_HEAD.format(*names) + "<p>Old words.</p><div><p>Older ones.</p></div>"
    head = "Subject: x\nFrom: ann@example.org\nContent-Type: text/html; charset=utf-8\n\n"
    draft = read(f"{head}<div class=WordSection1><p>Agreed.</p>{answered}</div>".encode())
    assert texts(draft) == ["Agreed."]
    assert left(draft, Reason.QUOTED_MAIL)[1:] == ["Old words.", "Older ones."]
    passed_on = read(f"{head}<div class=WordSection1>{answered}</div>".encode())
    assert texts(passed_on)[1:] == ["Old words.", "Older ones."]


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "utf-8"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_charsets_and_encodings(charset, encoding):
    message = EmailMessage()
    message["Subject"], message["From"] = "Отчёт форума", "Анна <a@example.org>"
    message.set_content("Лучшие практики форума.", charset=charset, cte=encoding)
    draft = read(message.as_bytes())
    assert (draft.document.title, draft.author, texts(draft)) == ("Отчёт форума", "Анна", ["Лучшие практики форума."])


def test_header_in_bare_8_bit__is_read():
    assert read("Subject: Отчёт\nFrom: a@b.org\n\nслово\n".encode()).document.title == "Отчёт"


def test_html_and_plain__the_html_is_read_the_other_told():
    message = EmailMessage()
    message["Subject"], message["From"] = "Routes", "ann@example.org"
    message.set_content("Dear all,\n* a\n* b\n")
    message.add_alternative(
        "<p>Dear all,<ul><li>a<li>b</ul><div hidden>pre</div><img src='cid:p1' alt='A map'>"
        "<div class=gmail_quote>On Monday Bob wrote:<blockquote>Old</blockquote></div>",
        subtype="html",
    )
    message.get_payload()[1].add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<p1>")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    draft = read(message.as_bytes())
    assert [type(block) for block in draft.document.blocks][1:] == [ListBlock, Figure]
    assert left(draft, Reason.QUOTED_MAIL) == ["On Monday Bob wrote: Old"]
    assert left(draft, Reason.DOUBLE) == ["Dear all, * a * b"]
    assert left(draft, Reason.HIDDEN) == ["pre"]
    assert doubts(draft, Doubt.ATTACHMENT) == ["plan.pdf (application/pdf, 4 bytes)"]


def test_text_that_is_attached_without_a_name__is_told_as_an_attachment():
    message = EmailMessage()
    message["Subject"], message["From"] = "Routes", "ann@example.org"
    message.set_content("Dear all.")
    message.add_attachment("Notes of the day.")
    draft = read(message.as_bytes())
    assert texts(draft) == ["Dear all."]
    assert doubts(draft, Doubt.ATTACHMENT) == ["part (text/plain, 18 bytes)"]


def test_html_only__is_read():
    message = EmailMessage()
    message["Subject"], message["From"] = "Routes", "ann@example.org"
    message.set_content("<h2>Part</h2><p>text</p>", subtype="html")
    assert texts(read(message.as_bytes())) == ["Part", "text"]


def test_mailbox__a_heading_for_each_mail():
    box = "".join(
        f"From ann@example.org Thu Jan  2 09:30:0{n} 2025\n{HEAD.replace('Subject: ', 'Subject: ' + ('Re: ' if n else ''))}\nWords {n}.\n>From here on.\n\n"
        for n in range(2)
    )
    draft = read(box)
    assert draft.document.title == "Shared routes"
    assert [said(block) for block in draft.document.blocks if isinstance(block, Heading)] == [
        "Shared routes",
        "Re: Shared routes",
    ]
    assert texts(draft)[1:3] == ["Ann Writer, 2025-01-02 09:30", "Words 0. From here on."]


def test_mailbox__bears_the_date_of_its_first_mail():
    box = "".join(
        f"From ann@example.org Thu Jan  2 09:30:00 2025\nSubject: Routes\nDate: {day} Jan 2025 09:30:00 +0000\n\nWords.\n\n"
        for day in (2, 5)
    )
    assert read(box).written_at.day == 2


def letter(subject: str, words: str, *attached: EmailMessage) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = subject, "Ann <a@example.org>", "Thu, 2 Jan 2025 09:30:00 +0000"
    mail.set_content(words)
    for one in attached:
        mail.add_attachment(one)
    return mail


def test_a_letter_attached_to_a_mail__stands_below_it_with_its_subject():
    inner = letter("Routes of 2024", "The letter says this.\n\n> A quoted line.\n", letter("First", "The oldest."))
    inner.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    content = letter("See below", "See attached.", inner).as_bytes()
    draft = read(content)
    assert draft.document.title == "See below"
    assert texts(draft) == [
        "See attached.", "Routes of 2024", "Ann, 2025-01-02 09:30", "The letter says this.",
        "First", "Ann, 2025-01-02 09:30", "The oldest.",
    ]  # fmt: skip
    levels = [block.level for block in draft.document.blocks if isinstance(block, Heading)]
    assert levels == [1, 2]
    assert [left.text for left in draft.left_out if left.reason == Reason.QUOTED_MAIL] == ["> A quoted line."]
    assert doubts(draft, Doubt.ATTACHMENT) == ["plan.pdf (application/pdf, 4 bytes)"]
    assert not unaccounted(mail.words(content), draft)


@pytest.mark.parametrize("kind", ["message/rfc822", "application/octet-stream"])
def test_a_letter_attached_in_another_way__is_read_too(kind):
    coded = encodebytes(letter("Routes of 2024", "The letter says this.").as_bytes()).decode()
    content = (
        f"{HEAD}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee attached.\n"
        f'--b\nContent-Type: {kind}; name="Routes.eml"\nContent-Disposition: attachment; filename="Routes.eml"\n'
        f"Content-Transfer-Encoding: base64\n\n{coded}\n--b--\n"
    )
    expected = ["See attached.", "Routes of 2024", "Ann, 2025-01-02 09:30", "The letter says this."]
    assert texts(read(content)) == expected


def test_a_report_of_a_program_beside_a_mail__is_told():
    content = (
        f"{HEAD}MIME-Version: 1.0\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: text/plain\n\nIt did not arrive.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.org\n\nFinal-Recipient: rfc822; a@example.org\n--b--\n"
    )
    draft = read(content)
    assert texts(draft) == ["It did not arrive."]
    assert doubts(draft, Doubt.ATTACHMENT) == ["part (message/delivery-status)"]


def test_letters_in_letters_without_end__are_refused():
    content = letter("0", "x")
    for depth in range(40):
        content = letter(str(depth), "y", content)
    with pytest.raises(UnreadableFile):
        mail.read(content.as_bytes(), "x.eml")


def test_no_mail__is_refused():
    with pytest.raises(UnreadableFile) as refusal:
        mail.read(b"\x00\x01 no mail", "x.eml")
    assert refusal.value.why == Unreadable.FORMAT


def test_parts_in_parts_without_end__are_refused():
    content = HEAD.encode()
    for depth in range(900):
        content += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (depth, depth)
    with pytest.raises(UnreadableFile):
        mail.read(content + b"Content-Type: text/plain\n\nx", "x.eml")


LINES = st.sampled_from(
    ["words\n", "> quoted\n", "\n", "On Monday Bob wrote:\n", "-- \n", "From: x\n", "Sent: y\n", "-----Original Message-----\n", "слово\n", "--b\n",
     "Content-Type: text/html\n\n<p>x<div class=gmail_quote>q</div>\n", "=C3=A9=\n", "* a\n", "\nFrom a@b Thu\nSubject: z\n\n"]
)  # fmt: skip


@settings(max_examples=examples(150), deadline=None)
@given(
    st.sampled_from(
        ["", 'Content-Type: multipart/mixed; boundary="b"\n', "Content-Type: text/html\n", "From a@b Thu\n"]
    ),
    st.lists(LINES, max_size=20).map("".join),
)
def test_any_mail__loses_no_word(kind, body):
    try:
        read((kind + HEAD if kind.startswith("From ") else HEAD + kind) + "\n" + body)
    except UnreadableFile as refusal:
        assert refusal.why == Unreadable.BROKEN  # noqa: PT017


@settings(max_examples=examples(100), deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes__are_read_or_refused(content):
    try:
        read(b"Subject: x\n" + content)
    except UnreadableFile:
        return


@pytest.mark.parametrize("said", [
    "2 янв. 2099 г., в 10:00, Анна написал(а):", "2 янв. 2099 г. Анна написала:", "في 2 يناير 2099، كتب أحمد:",
    "Le 2 janv. 2099 à 10:00, Anne a écrit :", "El 2 ene 2099, Ana escribió:", "在 2099年1月2日，李写道：",
    "2 sty 2099 Anna napisała:", "Dne 2. ledna 2099 Anna napsala:", "2 Ocak 2099 tarihinde Ayşe şunu yazdı:",
    "Στις 2 Ιαν 2099, η Άννα έγραψε:",
])  # fmt: skip
def test_line_before_a_quotation__goes_with_it_in_every_language(said):
    draft = read(f"Subject: S\nContent-Type: text/plain; charset=utf-8\n\nMine\n\n{said}\n> theirs\n")
    assert texts(draft) == ["Mine"]


@pytest.mark.parametrize(
    ("parameters", "text", "expected"),
    [
        ("", "This was cut \nby a program.\nRegards\n", ["This was cut by a program.", "Regards"]),
        ("", "Of them \nmore.\n > 5 of 10 agreed to that.\n", ["Of them more.", "> 5 of 10 agreed to that."]),
        ("; delsp=yes", "A well- \nknown trans \nparent text.\nAnn\n", ["A well-known transparent text.", "Ann"]),
        ("", "* one that is \n cut\n* two\n", [["one that is cut", "two"]]),
        ("", " From here \non.\n> quoted \n> words\n", ["From here on."]),
    ],
)  # fmt: skip
def test_flowed_text__is_read_as_its_program_meant_it(parameters, text, expected):
    draft = read(HEAD + f"Content-Type: text/plain; charset=utf-8; format=flowed{parameters}\n\n{text}")
    assert [
        [text_of_runs(item.runs) for item in block.items] if isinstance(block, ListBlock) else said(block)
        for block in draft.document.blocks
    ] == expected


def test_armour_of_openpgp__is_told_and_its_text_stays():
    draft = read(
        HEAD
        + "\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nWe agree.\n\n- -- \nAnn\n-----BEGIN PGP SIGNATURE-----\n"
        "Version: 1\n\niQEzBAEBCAAdFiEE\n=abcd\n-----END PGP SIGNATURE-----\n\nOf the list.\n"
    )
    assert texts(draft) == ["We agree."]
    assert any("iQEzBAEBCAAdFiEE" in told for told in left(draft, Reason.METADATA))
    assert texts(read(HEAD + "\n-----BEGIN PGP MESSAGE-----\nwords that no end follows")) != []


def test_saved_page__its_links_start_from_where_it_was_found():
    draft = read(
        "MIME-Version: 1.0\nSubject: x\nContent-Type: text/html\nContent-Location: https://example.org/a/b.html\n\n"
        "<p>See <a href='../c.html'>this</a>.</p>\n"
    )
    assert [run.href for run in draft.document.blocks[0].runs if run.href] == ["https://example.org/c.html"]


def test_pictures_of_a_saved_page__are_found_by_their_address():
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content('<p>A</p><img alt="A map" src="https://example.org/m.png?a=1&amp;b=2">', subtype="html")
    message.add_related(
        b"\x89PNG\r\n\x1a\n", "image", "png", headers=["Content-Location: https://example.org/m.png?a=1&b=2"]
    )
    draft = read(message.as_bytes())
    assert [type(block) for block in draft.document.blocks][1:] == [Figure]
    assert [picture.content for picture in draft.pictures] == [b"\x89PNG\r\n\x1a\n"]
