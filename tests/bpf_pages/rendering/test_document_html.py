"""Drawing a document beside what is known of its comments."""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from django.utils.html import format_html
from hypothesis import example, given
from hypothesis import strategies as st

from bpf_pages.rendering.document_html import drawn
from editions.document.model import (
    Document,
    Heading,
    Item,
    ListBlock,
    Mark,
    Paragraph,
    Row,
    Run,
    Section,
    SectionKind,
    Table,
)

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
    stories: dict = field(default_factory=dict)
    open_period: object = None

    def comment_address(self, anchor):
        return f"/new/?on={anchor}"

    def story(self, anchor, number=0, *, named=False):
        told = self.stories.get(anchor, "")
        return format_html('<details class="story">{} {} {}</details>', told, number, named) if told else told


def soup(document, comments=None):
    return BeautifulSoup(drawn(document, comments), "html.parser")


def test_drawing__of_a_hebrew_caption__names_the_table_in_the_language_of_the_page():
    """And a phrase with a bold word in it is one phrase, in which a date keeps its order."""
    bold = frozenset({Mark.STRONG})
    caption = (Run("שמן ", language="he"), Run("2099-03-04", bold, language="he"), Run(" שמן", language="he"))
    rows = (Row("r", ((Run("a"),),)),)
    page = soup(Document("T", "en", (Table("t", caption, rows, 0), Table("u", (Run("Oil"),), rows, 0))))
    one, two = page.select(".caption-number")
    assert (one.text, one.get("lang"), one.get("dir")) == ("Table 1.", "en", "ltr")
    assert (two.text, two.get("lang")) == ("Table 2.", None)
    (phrase,) = page.select('p[lang="he"] > span[lang="he"]')
    assert phrase.select_one('strong > bdi[dir="ltr"]').text == "2099-03-04"


def test_drawing__without_comments__shows_none():
    page = soup(DOCUMENT, Comments())
    assert not page.find(class_=["remarks", "story"])


def test_drawing__with_comments_at_a_paragraph__tells_its_story_there_and_nowhere_else():
    page = soup(DOCUMENT, Comments({"p2": "3 comments"}))
    (story,) = page.select(".story")
    assert story.text == "3 comments 2 False"
    assert story.find_parent("li")["id"] == "p2"


def test_drawing__with_comments_on_the_whole_and_on_what_is_gone__tells_them_before_the_text_and_after_it():
    page = soup(DOCUMENT, Comments({"gone": "on others", "document": "on all"}))
    assert [story.text for story in page.select(".story")] == ["on all 0 False", "on others 0 False"]
    assert page.find("h2").find_previous(class_="story").text == "on all 0 False"
    assert not page.select_one(".story:last-child").find_next("li")


def test_drawing__with_comments_on_the_row_of_a_table__names_the_row_after_the_table():
    table = Table("t", (Run("Lamps"),), (Row("r", ((Run("a"),),)), Row("s", ((Run("b"),),))), 0)
    page = soup(Document("T", "en", (table,)), Comments({"p3": "3 comments"}))
    assert page.find("div", class_="scroll").find_next_sibling(class_="story").text == "3 comments 3 True"
    assert page.find("table")["aria-labelledby"] == page.find(class_="table-caption")["id"]
    assert not page.find(class_="scroll").find(class_="table-caption")


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


def test_typed_blocks_of_one_name__are_told_apart_in_a_screen_readers_list():
    blocks = [
        Section(f"s{n}", SectionKind.DEFINITION, (Run(title),), (), (Paragraph(f"p{n}", (Run("Words."),)),))
        for n, title in enumerate(("Lamps", "Lamps", "Oil"))
    ]
    page = soup(Document("T", "en", tuple(blocks)))
    names = [section["aria-label"] for section in page.select("section.typed")]
    assert names == ["Definition: Lamps", "Definition: Lamps (2)", "Definition: Oil"]


def test_lists__are_numbered_where_the_text_numbers_them():
    item = (Item("i", (Run("One"),), (Item("j", (Run("Inner"),)),), True),)
    page = soup(Document("T", "en", (ListBlock("a", True, item), ListBlock("b", False, (Item("k", (Run("Two"),)),)))))
    assert [each.name for each in page.find_all(["ol", "ul"])] == ["ol", "ol", "ul"]
