"""Two tabs on one text: what is saved from the older one is brought together with what others saved meanwhile."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from bpf_pages.conversion.splitting_long_texts import LONGEST
from consultation.notes.models import Note
from consultation.working_text.models import anchor_of
from consultation.working_text.places import passages_of, places_of
from tests.admin_forms import outcome_form, text_blocks
from tests.factories import OutcomePageFactory
from workflow.editor.models import EditorTab
from workflow.states import TRANSITIONS, Role
from workflow.transitions.guards import Attempt, text_complete
from workflow.transitions.services import process_of

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = "The first paragraph.", "The second paragraph.", "The third paragraph."
STORED = f'<p data-block-key="aaaaa">{ONE}</p><p data-block-key="bbbbb">{TWO}</p><p data-block-key="ccccc">{THREE}</p>'


class Tab:
    """The editor as one person has it open. The form holds what it was filled with, until `write` changes it."""

    def __init__(self, document: Page, user) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.page = document
        self.address = reverse("wagtailadmin_pages:edit", args=[document.pk])
        self.number = ""
        self.load()

    def load(self) -> None:
        shown = BeautifulSoup(self.client.get(self.address).content, "html.parser")
        self.poll = shown.find("form", class_="w-editing-sessions")["data-w-swap-src-value"]
        names = ("editor_tab", "loaded_revision_id", "loaded_revision_created_at")
        self.hidden = {name: field["value"] for name in names if (field := shown.find("input", {"name": name}))}
        text = newest(self.page)
        self.title = text.title
        self.html = [block.value.source for block in text.body]
        self.ids = [block.id for block in text.body]

    def write(self, old: str, new: str) -> "Tab":
        assert any(old in part for part in self.html)
        self.html = [part.replace(old, new) for part in self.html]
        return self

    def form(self, **more: object) -> dict[str, object]:
        ids = {f"body-{at}-id": key for at, key in enumerate(self.ids)}
        return outcome_form(self.title, self.page.slug, text_blocks(*self.html), **self.hidden) | ids | more

    def save_by_itself(self, **more: object) -> dict[str, object]:
        over = {"overwrite_revision_id": self.number} if self.number else {}
        answer = self.client.post(self.address, self.form(**over, **more), headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.content
        self.number = str(answer.json()["revision_id"])
        return answer.json()

    def save(self, **more: object) -> str:
        """What the editor says afterwards; the form is then filled anew."""
        answer = self.client.post(self.address, self.form(**more), follow=True)
        assert answer.redirect_chain, answer.context["errors_debug"]
        said = BeautifulSoup(answer.content, "html.parser").find(class_="messages").get_text(" ")
        self.load()
        self.number = ""
        return " ".join(said.split())


def newest(document: Page):
    return Page.objects.get(pk=document.pk).get_latest_revision_as_object()


def words(document: Page) -> list[str]:
    return [
        p.get_text() for block in newest(document).body for p in BeautifulSoup(block.value.source, "html.parser")("p")
    ]


@pytest.fixture
def document(people) -> Page:
    return OutcomePageFactory(parent=people.forum, body=text_blocks_of(STORED), revision=people["rapporteur"])


def text_blocks_of(html: str) -> list[dict[str, str]]:
    return [{"type": "text", "value": html, "id": "6f2a2b4e-0000-4000-8000-000000000001"}]


@pytest.fixture
def amal(people, document) -> Tab:
    return Tab(document, people["facilitator"])


@pytest.fixture
def bo(people, document) -> Tab:
    return Tab(document, people["rapporteur"])


def test_saving_from_an_older_tab__takes_over_what_others_changed_and_says_what_came_from_whom(
    people, document, amal, bo
) -> None:
    amal.write(ONE, "Amal's first.").save()
    said = bo.write(TWO, "Bo's second.").save()
    assert words(document) == ["Amal's first.", "Bo's second.", THREE]
    assert f"{people['facilitator'].get_full_name()} saved while you wrote" in said
    assert "From there came: ¶ 1." in said
    amal.load()
    assert "brought together" not in amal.save()


def test_saving_from_an_older_tab__a_wording_that_a_program_wrote_in_between_stays(people, document, bo) -> None:
    draft = newest(document)
    draft.reword(f"{draft.body[0].id}.ccccc", "The accepted wording.")
    draft.save_revision(user=people["facilitator"], clean=False)
    bo.write(ONE, "Bo's first.").save()
    assert words(document) == ["Bo's first.", TWO, "The accepted wording."]


def test_saving__a_paragraph_that_both_changed__keeps_both_marks_mine_and_no_step_publishes_it(
    people, document, amal, bo
) -> None:
    amal.write(TWO, "Amal's second.").save()
    said = bo.write(TWO, "Bo's second.").save()
    first, theirs, mine, third = words(document)
    name = people["rapporteur"].get_full_name()
    assert (first, theirs, third) == (ONE, "Amal's second.", THREE)
    assert mine.startswith(f"⟦{name}, ")
    assert mine.endswith("⟧ Bo's second.")
    assert "you both changed it. It stands there twice" in said
    process, move = process_of(document), TRANSITIONS["open_comment"]
    attempt = Attempt(process, move, people["facilitator"], Role.FACILITATOR, timezone.now())
    (unmet,) = text_complete(attempt)
    assert "Two people changed this paragraph at once" in unmet.message
    assert unmet.message.endswith(f"“{mine[:60]}”")
    assert unmet.mend == f"{bo.address}#block-{newest(document).body[0].id}-section"


def test_autosave__of_two_people_by_turns__loses_no_words_and_marks_nothing_of_ones_own(document, amal, people) -> None:
    amal.write(ONE, "Amal's first.").save_by_itself()
    bo = Tab(document, people["rapporteur"])  # filled from what Amal saved by itself
    amal.write("Amal's first.", "Amal's first, longer.").save_by_itself()
    bo.write(TWO, "Bo's second.").save_by_itself()
    assert words(document) == ["Amal's first, longer.", "Bo's second.", THREE]
    amal.write("longer.", "longer yet.").save_by_itself()  # her form still has the old second paragraph
    bo.write(THREE, "Bo's third.").save_by_itself()
    assert words(document) == ["Amal's first, longer yet.", "Bo's second.", "Bo's third."]
    before = document.revisions.count()
    bo.write("Bo's third.", "Bo's third, longer.").save_by_itself()
    assert document.revisions.count() == before  # his own newest revision, which nobody else stands on
    amal.save()
    bo.save()
    assert words(document) == ["Amal's first, longer yet.", "Bo's second.", "Bo's third, longer."]


def test_autosave__of_one_paragraph_by_both__keeps_one_marked_wording_of_each_and_no_more(document, amal, bo) -> None:
    amal.write(TWO, "Amal's second.").save_by_itself()
    for typed in ("Bo's", "Bo's second", "Bo's second."):
        bo.write(bo.html[0].split('"bbbbb">')[1].split("</p>")[0], typed).save_by_itself()
    said = [each for each in words(document) if "second" in each]
    assert len(said) == 2
    assert said[0] == "Amal's second."
    assert said[1].endswith("⟧ Bo's second.")


def test_saving__a_title_that_both_changed__keeps_mine_in_the_text(document, amal, bo) -> None:
    amal.title, bo.title = "Amal's title", "Bo's title"
    amal.save()
    bo.save()
    assert newest(document).title == "Amal's title"
    assert words(document)[0].endswith("⟧ Bo's title")


def test_saving__a_person_whom_somebody_else_took_out__is_no_error(people, document, bo) -> None:
    named = {"people-0-name": "Ada", "people-0-ORDER": "1", "people-TOTAL_FORMS": "1"}
    bo.save(**named)
    (row,) = newest(document).people.all()
    known = named | {"people-0-id": str(row.pk), "people-INITIAL_FORMS": "1"}
    amal = Tab(document, people["facilitator"])
    amal.save(**known, **{"people-0-DELETE": "on"})
    bo.write(ONE, "Bo's first.").save(**known)
    assert not newest(document).people.exists()
    assert words(document)[0] == "Bo's first."


def test_saving__paragraphs_that_only_the_editor_spells_anew__counts_them_as_untouched(people) -> None:
    document = OutcomePageFactory(
        parent=people.forum, revision=people["rapporteur"],
        body=text_blocks_of(STORED.replace("first", "<strong>first</strong>").replace("third", "<em>third</em>")),
    )  # fmt: skip
    amal, bo = Tab(document, people["facilitator"]), Tab(document, people["rapporteur"])
    amal.write("third</em> paragraph.", "third</em> of Amal.").save()
    bo.write("first</strong> paragraph.", "first</strong> of Bo.").save()
    assert words(document) == ["The first of Bo.", TWO, "The third of Amal."]


def test_saving__with_somebody_elses_tab_or_none__takes_nothing_out(document, amal, bo) -> None:
    amal.write(ONE, "Amal's first.").save()
    bo.hidden = {"editor_tab": amal.hidden["editor_tab"], "loaded_revision_id": "1"}
    bo.write(TWO, "Bo's second.").save()
    said = " ".join(words(document))
    assert all(each in said for each in ("Amal's first.", "Bo's second.", THREE))


def test_a_page_that_is_created__gets_its_tab_with_the_first_answer(people) -> None:
    client = Client()
    client.force_login(people["rapporteur"])
    add = reverse("wagtailadmin_pages:add", args=["bpf_pages", "outcomepage", people.forum.pk])
    answer = client.post(add, outcome_form("New", "new", text_blocks(STORED)), headers={"Accept": "application/json"})
    token = answer.json()["field_updates"]["editor_tab"]
    assert EditorTab.objects.get(token=token).revision_id == answer.json()["revision_id"]


def test_polling__tells_who_is_at_which_paragraph_and_who_saved_and_warns_of_no_overwriting(
    people, document, amal, bo
) -> None:
    block = bo.ids[0]
    bo.client.post(bo.poll, {"place": f"{block}.bbbbb", "is_editing": "1"})
    told = amal.client.post(amal.poll, {"place": block}).json()
    name = people["rapporteur"].get_full_name()
    assert f"{name} is at ¶ 2" in told["html"]
    assert told["ping_url"] == amal.poll
    bo.write(ONE, "Bo's first.").save()
    told = amal.client.post(amal.poll, {"place": block}).json()
    assert f"{name} saved since you opened it" in told["html"]
    assert "overwrite" not in told["html"]
    assert not any(each["revision_id"] for each in told["other_sessions"])
    assert bo.client.post(amal.poll).status_code == 404  # a tab of somebody else


LONG = "".join(
    f'<p data-block-key="k{number:04d}">Paragraph {number}. {"Fictitious words of 2099 and more of them. " * 6}</p>'
    for number in range(950)
)
"""Some 290 kB without a heading, as somebody pastes it."""


def test_long_text__is_saved_in_parts_while_its_tab_goes_on_with_the_whole(people, amal, document, bo) -> None:
    amal.html = [*amal.html, LONG]
    amal.ids = [*amal.ids, "6f2a2b4e-0000-4000-8000-000000000099"]
    amal.save_by_itself()
    first = newest(document).body
    assert len(first) > 20
    assert max(len(block.value.source) for block in first) <= LONGEST
    amal.write("Paragraph 700.", "Paragraph 700, of Amal.")
    bo.load()
    assert len(bo.html) == len(first)
    bo.write("Paragraph 900.", "Paragraph 900, of Bo.").save_by_itself()
    said = amal.save()
    stored = "".join(block.value.source for block in newest(document).body)
    assert [block.id for block in newest(document).body] == [block.id for block in first]
    assert stored.count("⟦") == 0
    assert stored.count("Paragraph ") == 950
    for words in ("Paragraph 700, of Amal.", "Paragraph 900, of Bo.", THREE):
        assert words in stored
    assert "both texts were brought together" in said


def test_a_page_that_is_created_with_a_long_text__has_it_in_parts(people) -> None:
    client = Client()
    client.force_login(people["rapporteur"])
    add = reverse("wagtailadmin_pages:add", args=["bpf_pages", "outcomepage", people.forum.pk])
    answer = client.post(
        add, outcome_form("Lamps", "lamps", text_blocks(LONG[: LONG.index('<p data-block-key="k0099">')]))
    )
    assert answer.status_code == 302
    body = newest(Page.objects.get(slug="lamps")).body
    assert len(body) > 2
    assert "".join(block.value.source for block in body).count("Paragraph ") == 99


def test_long_text__saved_by_hand__says_that_it_stands_in_parts_and_keeps_the_places_of_notes(people) -> None:
    long = LONG.partition('<p data-block-key="k0150">')[0]
    body = text_blocks_of(STORED + long)
    document = OutcomePageFactory(parent=people.forum, body=body, revision=people["rapporteur"])
    before = passages_of(newest(document))
    noted = [Note(pk=number, **anchor_of(before[number])) for number in (1, 100, 140)]
    tab = Tab(document, people["rapporteur"])
    rewritten = long.split("</p>")[97].partition(">")[2]
    tab.write(rewritten, "What stood here was written anew.").write("Paragraph 137.", "Paragraph 137 here.")
    assert "A long text stands in several blocks now" in tab.save()
    now = {passage.key: passage.text for passage in passages_of(newest(document))}
    places = places_of(noted, list(passages_of(newest(document))))
    assert now[places[1]] == TWO
    assert now[places[100]] == "What stood here was written anew."
    assert now[places[140]].startswith("Paragraph 137 here.")
