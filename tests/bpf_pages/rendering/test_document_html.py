"""Drawing a document beside what is known of its comments."""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from bpf_pages.rendering.document_html import drawn
from editions.document.model import Document, Heading, Item, ListBlock, Paragraph, Run

DOCUMENT = Document(
    "T",
    "en",
    (
        Heading("h", 1, (Run("Head"),)),
        Paragraph("a", (Run("One"),)),
        ListBlock("l", False, (Item("b", (Run("Two"),), (Item("c", (Run("Three"),)),)),)),
    ),
)


@dataclass
class Comments:
    address: str = "/comments/"
    counts: dict = field(default_factory=dict)
    open_period: object = None

    def comment_address(self, anchor):
        return f"/new/?on={anchor}"


def soup(document, comments=None):
    return BeautifulSoup(drawn(document, comments), "html.parser")


def test_drawing__without_comments__shows_none():
    assert not soup(DOCUMENT, Comments()).find(class_="remarks")


def test_drawing__with_comments_at_a_paragraph__links_them_there_and_nowhere_else():
    page = soup(DOCUMENT, Comments(counts={"p2": 3}))
    (link,) = page.select(".remarks a")
    assert link["href"] == "/comments/?on=p2"
    assert link.text == "3 comments on paragraph 2"
    assert link.find_parent("li")["id"] == "p2"


def test_drawing__while_comment_is_open__offers_it_at_every_numbered_passage():
    page = soup(DOCUMENT, Comments(open_period="now"))
    assert [link["href"] for link in page.select(".remarks a")] == ["/new/?on=p1", "/new/?on=p2", "/new/?on=p3"]


@given(st.text(max_size=80), st.text(max_size=30))
@example("words", "http://[")
@example("words", "data:text/html,x")
@example("words", "//evil.example/")
def test_drawing__of_any_text_and_address__is_text_and_a_link_at_most(text, href):
    page = soup(Document("T", "en", (Paragraph("a", (Run(text, href=href),)),)))
    assert not page.find(["script", "img", "iframe", "style"])
    assert all(not name.startswith("on") for tag in page.find_all(True) for name in tag.attrs)
    for link in page.select("p a"):
        assert link["href"].lower().startswith(("http://", "https://", "mailto:", "/", "#"))
        assert not link["href"].startswith("//")


def test_drawing__of_a_script_address__leaves_the_words_alone():
    page = soup(Document("T", "en", (Paragraph("a", (Run("words", href="JavaScript:alert(1)"),)),)))
    assert page.p.text == "words"
    assert not page.p.a
