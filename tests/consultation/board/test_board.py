"""The board of one document: from comments to the text and to their answers, counted in presses of buttons."""

import json
import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.users.models import UserProfile

from consultation.board import forms
from consultation.comments.models import Comment, Disposition
from consultation.notes.models import Note
from consultation.submissions.services import Arrival, Remark, store
from consultation.suggestions.models import Suggestion
from consultation.vocabulary import Decision, Moderation
from consultation.working_text.places import working_text
from tests.consultation.stories import ADA, begun
from workflow.queue.waiting_tasks import items
from workflow.transitions.models import Process

pytestmark = pytest.mark.django_db

MOST_CLICKS = 120
FORM = re.compile(r"<form(.*?)</form>", re.S)
INPUT = re.compile(r"<(?:input|button)\b[^>]*>")


class Desk:
    """Somebody at the board, who presses what the page shows. clicks: links followed and buttons pressed."""

    def __init__(self, client, consultation, person="facilitator"):
        client.force_login(consultation.people[person])
        self.client = client
        self.address = f"/admin/consultation/{consultation.process.pk}/dispositions/"
        self.clicks = 0
        self.status = 0
        self.page = ""

    def open(self, query=""):
        self.clicks += 1
        return self._take(self.client.get(self.address + query))

    def press(self, label, *, at=0, **values):
        """The button with this label, in the nth form that has it, with everything that the form says by itself."""
        forms = [form for form in FORM.findall(self.page) if re.search(rf">\s*{re.escape(label)}\s*(?:<|$)", form)]
        form = forms[at]
        self.clicks += 1
        data = self._fields(form, label) | values
        action = unescape(re.search(r'action="([^"]+)"', form)[1])
        return self._take(self.client.post(action, data, follow=True))

    def _fields(self, form, label):
        data = {}
        own = re.search(r'id="(board-bulk)"', form)
        outside = re.findall(r'<input type="checkbox" form="board-bulk"[^>]*>', self.page) if own else []
        for tag in [*INPUT.findall(form), *(tag for tag in outside if "checked" in tag)]:
            name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
            if name and not (tag.startswith("<button") and "data-board" in tag and "Apply as" in label):
                data.setdefault(name[1], []).append(unescape(value[1]) if value else "")
        for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
            data[name] = unescape(text)
        for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
            chosen = re.search(r'value="([^"]*)" selected', options)
            data[name] = chosen[1] if chosen else ""
        return data

    def _take(self, answer):
        self.status = answer.status_code
        self.page = answer.content.decode()
        return self

    def says(self, words):
        return words in re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", self.page)))


def sixty(consultation):
    """Sixty comments: four that each propose a wording of a paragraph of their own, two campaigns of sixteen that
    propose one, and 24 remarks."""
    passages = [row for row in consultation.edition.passages.all() if row.number]
    said = [(on, f"Remark {on.number}.", on.text.replace("lamp", "lantern")) for on in passages[:4]]
    said += [(on, "Say it as the islands do.", f"{on.text} Always.") for on in passages[10:12] for _copy in range(16)]
    said += [(on, f"On its own, remark {on.number * 7} is about what stands here.", "") for on in passages[:24]]
    remarks = [Remark((("passage", on),), body=body, proposed=proposed) for on, body, proposed in said]
    submission = store(consultation.period, ADA, remarks, Arrival(consultation.at))
    submission.comments.update(moderation=Moderation.PUBLISHED, published_at=consultation.at)


@pytest.fixture
def long_consultation(people):
    words = "".join(f"<p>Paragraph {n} tells of lamp {n} on the island of number {n * 3}.</p>" for n in range(1, 31))
    return begun(people, body=[("text", f"<h2>Lamps</h2>{words}")])


def test_sixty_comments__are_answered_and_applied_in_fewer_presses_than_the_goal(client, long_consultation):
    consultation = long_consultation
    sixty(consultation)
    assert Comment.objects.count() == 60
    desk = Desk(client, consultation).open()
    for _proposal in range(6):
        desk.press("Apply and accept")
        assert desk.status == 200
    desk.open("?show=open&chosen=1")
    desk.press("Keep as drafts", response="Thank you; this is noted.")
    assert desk.says("24 answers were kept as drafts.")
    assert desk.says("Nothing is open here.")
    assert Suggestion.objects.filter(decision=Decision.ACCEPTED).count() == 6
    text = " ".join(passage.text for passage in working_text(consultation.process))
    assert text.count("lantern") == 4
    assert text.count("Always.") == 2
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    desk.open()
    desk.press("Publish the 60 answers that are ready")
    assert desk.says("60 answers are public now.")
    outcomes = Disposition.objects.published().values_list("outcome", "addressed_in__number")
    assert sorted(map(str, outcomes)) == ["('accepted', 2)"] * 36 + ["('noted', None)"] * 24
    assert desk.clicks == 6 + 5  # a press for each wording; open, choose all, answer, open, publish
    assert MOST_CLICKS >= 60 + 5  # and so at most, where every comment proposes a wording that no other does


def test_queries__do_not_grow_with_comments(client, long_consultation):
    consultation = long_consultation
    desk = Desk(client, consultation).open()
    counts = []
    for numbers in (range(1, 3), range(3, 9)):
        for number in numbers:
            consultation.published(f"Remark {number}.", on=(number,), proposed=f"Other words {number}.")
        with CaptureQueriesContext(connection) as asked:
            desk.open("?show=all")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_row__has_paragraph_group_wording_answer_and_its_own_problem(client, consultation):
    text = consultation.paragraph(2).text
    for _copy in range(3):
        consultation.published(
            "Please call it as everybody calls it here.", on=(2,), proposed=text.replace("exchange", "<b>fair</b>")
        )
    consultation.published("On all of it.", on=None)
    desk = Desk(client, consultation).open()
    assert desk.says("3 comments say nearly the same")
    assert desk.says("Whole document")
    assert "<b>fair</b>" not in desk.page
    assert re.search(r"<ins>.*?&lt;b&gt;fair&lt;/b&gt;", desk.page)
    assert f"/admin/pages/{consultation.process.page_id}/edit/#block-" in desk.page
    desk.press("Apply and accept")
    desk.open("?show=answered")
    assert desk.says("once the next edition is public")
    assert Disposition.objects.count() == 3


def test_a_wording__that_meets_another_change__shows_both_and_keeps_the_words(client, consultation):
    text = consultation.paragraph(1).text
    consultation.published(on=(1,), proposed=text.replace("winter of 2091", "spring of 2091"))
    desk = Desk(client, consultation).open()
    consultation.rewrite("winter of 2091", "autumn of 2091")
    desk.press("Apply and accept")
    assert desk.status == 422
    assert desk.says("The paragraph was changed while you looked at it.")
    assert "autumn" in desk.page
    assert "spring" in desk.page
    desk.press("Accept in these words", wording=text.replace("winter", "spring and autumn"))
    assert desk.says("The wording is in the working text.")
    assert Suggestion.objects.get().wording.count("spring and autumn") == 1
    assert Disposition.objects.get().outcome == "modified"


def test_suggest_and_drop__keep_what_was_typed_when_they_are_refused(client, consultation):
    desk = Desk(client, consultation, "lead_expert").open("?show=text")
    desk.press("Suggest", at=1, wording="Lamps <i>and</i> rooms.")
    suggestion = Suggestion.objects.get()
    assert suggestion.by == consultation.people["lead_expert"]
    desk.press("Drop", reason=" ")
    assert desk.status == 422
    desk.open("?show=suggestions").press("Drop", reason="Too short.")
    suggestion.refresh_from_db()
    assert (suggestion.decision, suggestion.reason) == (Decision.DROPPED, "Too short.")
    answer = client.post(
        desk.address.replace("dispositions", "suggestions"), {"key": "nowhere.x", "wording": "Kept words."}
    )
    assert answer.status_code == 422
    assert "Kept words." in answer.content.decode()


def test_notes__name_people_who_are_told_and_stand_in_the_queue(client, consultation):
    people = consultation.people
    rapporteur = people["rapporteur"]
    french = UserProfile.objects.create(user=rapporteur, preferred_language="fr")
    desk = Desk(client, consultation).open("?show=text")
    desk.press("Keep the note", at=2, words=f"@{rapporteur.get_username()} please look, and @stranger too.")
    assert desk.says("Nobody of this forum has the user name @stranger")
    from mail.models import Message

    assert [row.user for row in Message.objects.filter(occasion="note")] == [rapporteur]
    assert "please look" in Message.objects.get(occasion="note").body
    desk.open("?show=text").press("Keep the note", at=3, assigned_to=str(rapporteur.pk), due_on="2020-01-31")
    desk.open("?show=text").press("Keep the note", at=3, assigned_to=str(rapporteur.pk), due_on="2020-02-01")
    last = Message.objects.filter(occasion="note").latest("pk").body
    assert all(said in last for said in ("Échéance", "Ce paragraphe vous a été confié"))  # in the words of who reads
    french.delete()
    given = Note.objects.get(words="")  # the same paragraph was given once, and the day was changed
    assert (given.assigned_to, given.due_on) == (rapporteur, date(2020, 2, 1))
    queue = items([Process.objects.get(pk=consultation.process.pk)])[0]
    told = " ".join(task.text for task in queue.tasks)
    assert rapporteur.get_full_name() in told
    assert "Overdue" in told
    client.force_login(rapporteur)
    desk.open("?show=mine")
    assert desk.says("overdue since")
    consultation.rewrite("Any network may join", "Every network may join")
    desk.open("?show=notes").press("Settled", at=0)
    assert Note.objects.open().count() == 1
    desk.press("Keep the note", words="")
    assert desk.status == 422


def test_people_of_other_forums__are_given_nothing_and_told_nothing(client, consultation):
    stranger = consultation.people["other_rapporteur"]
    desk = Desk(client, consultation).open("?show=text")
    desk.press("Keep the note", at=2, words="Kept words.", assigned_to=str(stranger.pk))
    assert desk.status == 422
    assert "Kept words." in desk.page
    desk.open("?show=text").press("Keep the note", at=2, words=f"@{stranger.get_username()} look")
    assert desk.says("Nobody of this forum")


def test_the_same_paragraph__is_reached_by_its_key_or_its_block(client, consultation):
    consultation.published(on=(2,))
    key = next(each.key for each in working_text(consultation.process) if each.number == 2)
    desk = Desk(client, consultation).open(f"?at={key}")
    assert desk.page.count('class="board-row"') == 1
    desk.open(f"?at={key.split('.')[0]}")
    assert desk.page.count('class="board-row"') == 7


@pytest.mark.parametrize(
    "query", ["?show=nonsense", "?page=99", "?page=x", "?section=nowhere", "?at=nowhere", "?at=%00"]
)
def test_nonsense_in_the_address__shows_a_board(client, consultation, query):
    assert Desk(client, consultation).open(query).status == 200


def test_the_page_editor__says_at_each_block_what_waits_and_leads_to_its_rows(client, consultation):
    consultation.published(on=(2,))
    consultation.published(on=None)
    block = working_text(consultation.process)[0].key.split(".")[0]
    client.force_login(consultation.people["rapporteur"])
    address = f"/admin/pages/{consultation.process.page_id}/edit/"
    page = client.get(address).content.decode()
    marks = json.loads(re.search(r'<script id="waiting-marks"[^>]*>(.*?)</script>', page)[1])
    board = f"/admin/consultation/{consultation.process.pk}/dispositions/"
    assert marks == {block: {"said": "1 comment", "address": f"{board}?at={block}"}}
    assert "js/admin/waiting-marks.js" in page
    assert re.search(rf'<a href="{board}\?at={block}\.\w+"><bdi>¶ 2</bdi>: 1 comment</a>', page)
    assert f'{board}?show=open"><bdi>Whole document</bdi>: 1 comment' in page


@pytest.mark.parametrize(("most", "fault"), [(3, []), (2, ["At most 2 values can be chosen."])])
def test_more_comments_than_one_press_answers__are_refused_and_none_is_dropped(monkeypatch, most, fault):
    monkeypatch.setattr(forms, "MOST_AT_ONCE", most)
    form = forms.AnswersForm({"comment": "4,4,5,6", "outcome": forms.QUICK[0][0]})
    assert form.errors.get("comment", []) == fault
    assert fault or form.cleaned_data["comment"] == [4, 5, 6]
