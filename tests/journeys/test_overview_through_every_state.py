"""A lead expert pastes the overview of 2014, facilitators take it to rough consensus, and everybody reads along.

Everything goes over HTTP. The text is the real overview of 2014; the forum in which it is moved is fictitious.
"""

import re
from datetime import timedelta
from html import escape
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.admin_forms import outcome_form, text_blocks
from tests.journeys.browsing import Visitor, body_of, letters, pdf_text

OVERVIEW = Path(__file__).parents[2] / "data" / "igf-2014-bpf-overview.txt"
PHRASE = '"rough consensus"'

pytestmark = pytest.mark.django_db(transaction=True)


def overview_html() -> str:
    """The overview as a word processor pastes it: headings, paragraphs, one list."""
    lines = OVERVIEW.read_text().split("\n")
    text = "\n".join(line for line in lines if line.strip() != "•")
    bullets = re.search(r"\n\n(Developing.*?development of local content\.)\n", text, re.S)
    assert bullets
    items = [" ".join(item.split()) for item in re.split(r";\n", bullets[1])]
    before, after = text[: bullets.start()], text[bullets.end() :]
    html = "".join(f"<p>{escape(part)}</p>" for part in _paragraphs(before))
    html += "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"
    return html + "".join(f"<p>{escape(part)}</p>" for part in _paragraphs(after))


def _paragraphs(text: str) -> list[str]:
    """Full lines run on, a line that ends in a full stop or is short ends its paragraph."""
    found, current = [], []
    for line in text.strip().split("\n"):
        current.append(line.strip())
        if line.rstrip().endswith((".", ".”")) or len(line) < 60:
            found.append(" ".join(current))
            current = []
    return [part for part in [*found, " ".join(current)] if part]


@pytest.fixture
def reader() -> Visitor:
    call_command("rebuild_index", verbosity=0)  # as `make run` does before it serves
    return Visitor(Client())


@pytest.fixture
def signed_in(people):
    def sign_in(role: str) -> Visitor:
        visitor = Visitor(Client())
        visitor.sign_in(people[role].username)
        return visitor

    return sign_in


def hits(reader: Visitor, query: str) -> list[dict]:
    return reader.json(f"/api/v1/search?q={quote(query)}")["hits"]


def test_the_overview__goes_from_paste_to_rough_consensus_in_the_open(people, reader, signed_in, tmp_path) -> None:
    forum = people.forum
    address = f"/library/2099/{forum.slug}/overview/"

    # A lead expert pastes the text. Nothing of it is public.
    expert = signed_in("lead_expert")
    add = reverse("wagtailadmin_pages:add", args=["bpf_pages", "outcomepage", forum.pk])
    response = expert.client.post(add, outcome_form("Overview", "overview", text_blocks(overview_html())))
    assert response.status_code == 302
    page_id = int(re.search(r"/pages/(\d+)/", response["Location"])[1])
    reader.text(address, status=404)
    reader.text(f"{address}editions/1/document.pdf", status=404)
    assert hits(reader, "woefully brief") == []
    assert "woefully brief" not in reader.text("/search/?q=woefully").replace("“woefully brief”", "")

    def move(role: str, transition: str, **values: object) -> None:
        result = signed_in(role).fill_in(f"/admin/workflow/{page_id}/{transition}/", values)
        assert result.status_code == 302, " ".join(body_of(result).decode().split())[:4000]

    def everybody_reads(label: str, stage: str, edition: int) -> None:
        text = reader.text(address)
        assert label in text
        assert "woefully brief" in text
        found = hits(reader, PHRASE)
        assert [hit["id"] for hit in found] == [f"BPF-2099-{forum.code}-OVERVIEW-E{edition}"]
        assert found[0]["stage"] == stage
        assert label in reader.text(f"/search/?q={quote(PHRASE)}")
        assert label in reader.text("/how-it-works/")
        pdf = reader.client.get(f"{address}editions/{edition}/document.pdf")
        assert pdf.status_code == 200
        printed = pdf_text(body_of(pdf), tmp_path)
        assert label in printed
        document = reader.json(f"{address}editions/{edition}/document.json")["document"]
        texts = ["".join(run["text"] for run in block["runs"]) for block in document["blocks"] if "runs" in block]
        after = 0
        for text in map(letters, texts):
            found_at = letters(printed).find(text, after)
            assert found_at >= 0, f"not printed, or out of order: {text}"
            after = found_at + len(text)

    closes = timezone.now() + timedelta(days=30)
    move("facilitator", "open_comment", announcement="Please comment.", closes=closes.strftime("%Y-%m-%dT%H:%M"))
    everybody_reads("Public comment", "comment", 1)

    # The phrase leads to the paragraph that holds it.
    passage = hits(reader, PHRASE)[0]["passages"][0]
    anchor = urlsplit(passage["url"]).fragment
    paragraph = reader.open(passage["url"].split("#")[0]).find(id=anchor)
    assert "rough consensus" in paragraph.get_text()
    assert "<mark>" in passage["snippet_html"]

    move("secretariat", "close_comment", overrides="period_over", reason="The fictitious period is cut short.")
    everybody_reads("Incorporating comments", "incorporating", 1)

    move("facilitator", "present", session_date="2099-11-10", session_place="Room 1")
    everybody_reads("Wrap-up session", "wrap_up", 2)

    move(
        "secretariat",
        "adopt",
        grounds="Every objection was answered.",
        overrides=["minutes_linked", "final_parts_present"],
        reason="The fictitious session kept no minutes.",
    )
    everybody_reads("Rough-consensus outcome", "final", 3)
    assert "The fictitious session kept no minutes." in reader.text(f"{address}history/")

    # Editions stay where they are.
    for number in (1, 2, 3):
        assert "woefully brief" in reader.text(f"{address}editions/{number}/")

    move("secretariat", "withdraw", reason="The fictitious journey is over.")
    assert "The fictitious journey is over." in reader.text(address, status=410)
    assert hits(reader, PHRASE) == []
    reader.text(f"{address}editions/3/document.pdf", status=410)
