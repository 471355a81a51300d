"""What is pasted into the editor: read on the server as files are, and answered as the editor's own blocks."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<h1 class="MsoNormal">Tides of 2099</h1>
<p class=MsoNormal>Lamps <b>burn</b><a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.
<a href="http://testserver/admin/pages/3/edit/">the draft</a> <a href="file:///C:/tides.docx">a file</a>
<a href="http://testserver/admin/pages/3/edit/#_ftn9">[9]</a> <a href="https://example.org/tides">a link</a></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>&middot;</span>First</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>&middot;</span>Second</p>
<table><tr><th>Place</th><th>Depth</th></tr><tr><td>North</td><td>40 m</td></tr></table>
<p>Seen last</p>
<div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> By night.</p></div>
<!--EndFragment--></body></html>"""
PDF = "Lamps were lit in the har-\nbour by three villages, which\nagreed on the terms.\n\nNobody paid for them."


@pytest.fixture
def paste(people: Any, client: Client) -> Any:
    client.force_login(people["rapporteur"])

    def sent(status: int = 200, **asked: str) -> Any:
        answer = client.post(reverse("bpf_pages_admin:paste"), asked)
        assert answer.status_code == status, answer.content
        return answer.json()

    return sent


def lines(content: str | None) -> list[tuple[str, str]]:
    return [(block["type"], block["text"]) for block in json.loads(content or '{"blocks": []}')["blocks"]]


def test_word__becomes_headings_lists_notes_and_a_table_behind_the_text(paste: Any) -> None:
    said = paste(html=WORD, text="Tides of 2099")
    assert lines(said["content"]) == [
        ("header-two", "Tides of 2099"),
        ("unstyled", "Lamps burnBy night.. the draft a file [9] a link"),
        ("unordered-list-item", "First"),
        ("unordered-list-item", "Second"),
    ]
    assert "FOOTNOTE" in said["content"]
    table, last = said["blocks"]
    assert table["type"] == "table"
    assert [column["heading"] for column in table["value"]["table"]["columns"]] == ["Place", "Depth"]
    assert lines(last["value"]) == [("unstyled", "Seen last")]


def test_links_into_the_admin_into_machines_and_to_notes_left_behind__lose_their_address(paste: Any) -> None:
    content = json.loads(paste(html=WORD, text="")["content"])
    assert [entity["data"]["url"] for entity in content["entityMap"].values()] == ["https://example.org/tides"]
    said = paste(html=WORD, text="")["said"]
    assert "http://testserver/admin/pages/3/edit/" in said
    assert "file:///C:/tides.docx" in said


def test_lines_of_a_pdf__become_paragraphs(paste: Any) -> None:
    said = paste(text=PDF)
    assert lines(said["content"]) == [
        ("unstyled", "Lamps were lit in the harbour by three villages, which agreed on the terms."),
        ("unstyled", "Nobody paid for them."),
    ]


def test_a_line_of_words__takes_paragraphs_only_and_a_nested_text_rows_as_lines(paste: Any) -> None:
    kinds = {kind for kind, _text in lines(paste(html=WORD, inline="1")["content"])}
    assert kinds == {"unstyled"}
    whole = paste(html=WORD, whole="1")
    assert whole["blocks"] == []
    assert ("unstyled", "Place | Depth") in lines(whole["content"])
    assert ("unstyled", "North | 40 m") in lines(whole["content"])


@pytest.mark.parametrize(
    "html", ["<p>x <img src='data:image/png;base64,AAAA'></p>", "<script>alert(1)</script>x", "x<b>"]
)
def test_odd_clipboards__give_their_words(paste: Any, html: str) -> None:
    (line,) = lines(paste(html=html, text="x")["content"])
    assert line[1].strip() == "x"


def test_what_cannot_be_read__is_refused_in_words_and_the_editor_puts_the_text_in(paste: Any) -> None:
    assert "plain text" in paste(413, html="x" * 2_000_001)["said"]
    assert "plain text" in paste(422, html="<div>" * 200_000 + "x")["said"]


@pytest.mark.parametrize(("asked", "blocks"), [({}, True), ({"inside": "1"}, False)])
def test_long_paste__stands_in_parts_behind_the_text__and_in_one_piece_where_words_follow_the_cursor(
    paste: Any, asked: dict[str, str], blocks: bool
) -> None:
    html = "".join(f"<p>Paragraph {number}. {'Words of 2099. ' * 20}</p>" for number in range(80))
    answer = paste(html=html, text="", **asked)
    assert bool(answer["blocks"]) is blocks
    found = [line for content in (answer["content"], *(each["value"] for each in answer["blocks"]))
             for line in lines(content)]  # fmt: skip
    assert [words.partition(".")[0] for _kind, words in found] == [f"Paragraph {number}" for number in range(80)]


def test_a_stranger__reads_nothing(client: Client) -> None:
    assert client.post(reverse("bpf_pages_admin:paste"), {"html": "<p>x</p>"}).status_code == 302
