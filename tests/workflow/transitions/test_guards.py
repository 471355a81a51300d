"""T17: every guard of the declaration blocks its step, changes nothing, says how it is mended, and lets the cure pass.

A row of SITUATIONS is what is wrong and what puts it right. The guards come from the declaration: one without a row
fails here. T18, setting a guard aside, is at the end.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from bpf_pages.translating.services import begin
from consultation.answers.services import Answer, publish_set, write_answers
from consultation.comments.models import Comment
from consultation.comments.moderation import publish
from consultation.consensus import services as consensus
from consultation.consensus.models import Objection
from consultation.periods.models import Period
from consultation.suggestions.services import drop, suggest
from consultation.vocabulary import Disposal
from consultation.working_text.places import working_text
from editions.models import Edition
from mail.models import Message
from tests.consultation.stories import MODERATOR, Consultation, begun
from tests.factories import OutcomePageFactory
from tests.workflow.moves import FILLED
from workflow.sessions.models import Session
from workflow.states import TRANSITIONS
from workflow.transitions.models import Process, TransitionLog
from workflow.transitions.services import Refused, perform, process_of

pytestmark = pytest.mark.django_db

WHOLE = [
    ("text", "<p>The lamps of 2099 burn.</p>"),
    ("challenge", {"title": "Storms", "body": [("text", "<p>Wind.</p>")]}),
    ("open_question", {"title": "Oil", "body": [("text", "<p>Whose?</p>")]}),
    ("future_work", {"title": "Wicks", "body": [("text", "<p>Longer.</p>")]}),
]
"""A text that every guard of the text lets pass."""


@dataclass
class Story:
    """A document on its way, and what a person would do with it next."""

    process: Process
    people: Any
    who: str = "facilitator"
    data: dict[str, Any] = field(default_factory=dict)
    reason: str = "Fictitious reason."
    around: AbstractContextManager[Any] = field(default_factory=nullcontext)
    """What surrounds the first try, such as a printer that fails."""

    @property
    def consultation(self) -> Consultation:
        return Consultation(Process.objects.get(pk=self.process.pk), self.people)

    def write(self, *blocks: Any, title: str = "Lamps") -> None:
        """Put another working text in place, as somebody who will not adopt it."""
        page = self.process.page.specific.get_latest_revision_as_object()
        page.body, page.title = list(blocks), title
        page.save_revision(user=self.people["rapporteur"])
        self.process = Process.objects.get(pk=self.process.pk)


def drafting(people: Any, *blocks: Any, **story: Any) -> Story:
    page = OutcomePageFactory(parent=people.forum, body=list(blocks or WHOLE), revision=people["rapporteur"])
    return Story(process_of(page), people, **({"data": FILLED["open_comment"]()} | story))


def in_comment(people: Any) -> Story:
    return Story(begun(people, body=WHOLE).process, people)


def ready_to_adopt(people: Any) -> Story:
    """Commented on, answered, presented, its minutes written: only the declaration is missing, and it is filled in."""
    story = in_comment(people)
    over = timezone.now() - timedelta(minutes=1)
    Period.objects.filter(process=story.process).update(opens=over - timedelta(days=30), closes=over)
    for name in ("close_comment", "present"):
        story.consultation.move(name, **FILLED[name]())
    session = Session.objects.create(title="Wrap-up", starts=over, place="Room 1", minutes="<p>Minutes.</p>")
    session.documents.add(story.process)
    story.process, story.data = Process.objects.get(pk=story.process.pk), FILLED["adopt"]()
    story.write(*WHOLE)
    return story


def commented(people: Any) -> tuple[Story, Comment]:
    """A published comment on the paragraph of a document that is otherwise ready to be adopted."""
    story = in_comment(people)
    comment = story.consultation.published("Please say how long the lamps burn.", on=(1,))
    ready = ready_to_adopt_from(story)
    return ready, Comment.objects.get(pk=comment.pk)


def ready_to_adopt_from(story: Story) -> Story:
    with mock.patch(f"{__name__}.in_comment", return_value=story):
        return ready_to_adopt(story.people)


def answer(story: Story, comment: Comment, outcome: str = "noted", response: str = "Thank you.", **more: Any) -> None:
    write_answers(story.process, [Answer(comment.number, outcome, response, **more)], None, timezone.now())
    publish_set(story.process, timezone.now())


Situation = Callable[[Any], tuple[Story, Callable[[], None]]]
SITUATIONS: dict[str, tuple[str, Situation]] = {}


def situation(guard: str, move: str) -> Callable[[Situation], Situation]:
    """Register what makes a guard of a move unmet, and the cure."""

    def register(make: Situation) -> Situation:
        SITUATIONS[guard] = (move, make)
        return make

    return register


@situation("text_complete", "open_comment")
def _(people):
    story = drafting(people, ("text", ""))
    return story, lambda: story.write(*WHOLE)


@situation("announced", "open_comment")
def _(people):
    story = drafting(people)
    said = story.data.pop("announcement")
    return story, lambda: story.data.update(announcement=said)


@situation("period_in_order", "open_comment")
def _(people):
    story = drafting(people)
    closes = story.data["closes"]
    story.data["closes"] = story.data["opens"]  # half-open: a period of no length takes no comment
    return story, lambda: story.data.update(closes=closes)


@situation("period_long_enough", "open_comment")
def _(people):
    story = drafting(people)
    opens = story.data["opens"]
    story.data["closes"] = opens + timedelta(days=21, seconds=-1)
    return story, lambda: story.data.update(closes=opens + timedelta(days=21))


@situation("period_over", "close_comment")
def _(people):
    story = in_comment(people)
    past = timezone.now() - timedelta(days=1)

    def time_passes() -> None:
        Period.objects.update(opens=past - timedelta(days=30), closes=past)

    return story, time_passes


@situation("session_named", "present")
def _(people):
    story = in_comment(people)
    story.data = {"session_date": timezone.now().date(), "session_place": "  "}
    return story, lambda: story.data.update(session_place="Room 1")


@situation("no_open_period", "adopt")
def _(people):
    story = ready_to_adopt(people)
    past = timezone.now() - timedelta(days=1)
    Period.objects.create(
        process=story.process, edition=story.process.current_edition, round=2, announcement="Again.",
        opens=past, closes=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    return story, lambda: Period.objects.filter(round=2).update(opens=past - timedelta(days=2), closes=past) and None


@situation("had_comment_period", "adopt")
def _(people):
    story = ready_to_adopt(people)
    periods = Period.objects.filter(process=story.process)
    periods.update(cancelled_at=timezone.now())
    return story, lambda: periods.update(cancelled_at=None) and None


@situation("comments_moderated", "adopt")
def _(people):
    story = in_comment(people)
    comment = story.consultation.comment()
    ready = ready_to_adopt_from(story)

    def moderate() -> None:
        answer(ready, publish(Comment.objects.get(pk=comment.pk), MODERATOR, timezone.now()))

    return ready, moderate


@situation("comments_answered", "adopt")
def _(people):
    story, comment = commented(people)
    return story, lambda: answer(story, comment)


@situation("accepted_comments_traceable", "adopt")
def _(people):
    """Accepted, with an edition named whose paragraph is the same as before; then with one that says it."""
    story, comment = commented(people)
    from consultation.comments.models import Disposition

    same = Process.objects.get(pk=story.process.pk).current_edition
    now = timezone.now()
    Disposition.objects.create(
        comment=comment, outcome="accepted", version=1, addressed_in=same, drafted_at=now, published_at=now
    )

    def say_it() -> None:
        story.write(("text", "<p>The lamps of 2099 burn for nine hours.</p>"), *WHOLE[1:])
        story.consultation.move("incorporate")
        perform(Process.objects.get(pk=story.process.pk), "present", people["facilitator"], data=FILLED["present"]())
        story.process = Process.objects.get(pk=story.process.pk)
        write_answers(
            story.process,
            [Answer(comment.number, "accepted", "Done.", addressed_in=3)],
            None,
            timezone.now(),
        )
        publish_set(story.process, timezone.now())
        story.write(("text", "<p>The lamps of 2099 burn for nine hours.</p>"), *WHOLE[1:])

    return story, say_it


@situation("suggestions_settled", "open_comment")
def _(people):
    story = drafting(people)
    key, user = working_text(story.process)[0].key, people["lead_expert"]
    suggestion = suggest(story.process, key, "The lamps of 2099 are out.", user, timezone.now())
    return story, lambda: drop(suggestion, user, timezone.now(), "They burn.")


@situation("objections_disposed", "adopt")
def _(people):
    story = ready_to_adopt(people)
    objection = Objection.objects.create(process=story.process, statement="Too dim.", raised_at=timezone.now())
    consensus.dispose_objection(objection, Disposal.UPHELD, "It is right.", "Ficta", timezone.now())

    def outweigh() -> None:
        consensus.dispose_objection(objection, Disposal.OUTWEIGHED, "Others need them.", "Ficta", timezone.now())

    return story, outweigh


@situation("alternatives_resolved", "adopt")
def _(people):
    story = ready_to_adopt(people)
    options = [{"title": name, "body": f"<p>{name}.</p>"} for name in ("Oil", "Gas")]
    bracketed = ("alternative", {"title": "Oil or gas", "options": options})
    story.write(*WHOLE, bracketed)
    return story, lambda: story.write(*WHOLE)


@situation("prints", "adopt")
def _(people):
    story = ready_to_adopt(people)
    cache.clear()
    story.around = mock.patch("pdf.printing.guards.render", side_effect=ValueError("no paper"))

    def mend_the_printer() -> None:
        cache.clear()
        story.around = nullcontext()

    return story, mend_the_printer


@situation("consensus_declared", "adopt")
def _(people):
    story = ready_to_adopt(people)
    grounds = story.data.pop("grounds")
    return story, lambda: story.data.update(grounds=grounds)


@situation("not_last_editor", "adopt")
def _(people):
    story = ready_to_adopt(people)
    page = story.process.page.specific.get_latest_revision_as_object()
    page.save_revision(user=people["facilitator"])
    story.process = Process.objects.get(pk=story.process.pk)

    def somebody_else_adopts() -> None:
        story.who = "lead_expert"

    return story, somebody_else_adopts


@situation("minutes_linked", "adopt")
def _(people):
    story = ready_to_adopt(people)
    Session.objects.update(minutes="")
    return story, lambda: Session.objects.update(minutes="<p>Minutes.</p>") and None


@situation("final_parts_present", "adopt")
def _(people):
    story = ready_to_adopt(people)
    story.write(*WHOLE[:3])
    return story, lambda: story.write(*WHOLE)


@situation("no_comment_yet", "return_to_draft")
def _(people):
    story = in_comment(people)
    story.who = "secretariat"
    comment = story.consultation.comment()

    def it_was_spam() -> None:
        Comment.objects.filter(pk=comment.pk).update(moderation="spam")

    return story, it_was_spam


@situation("text_changed", "correct")
def _(people):
    story = drafting(people, who="secretariat")
    perform(story.process, "record", people["secretariat"], data=FILLED["record"]())
    story.process, story.data = Process.objects.get(pk=story.process.pk), {}
    return story, lambda: story.write(("text", "<p>The lamps of 2098 burn.</p>"))


@situation("source_named", "record")
def _(people):
    story = drafting(people, who="secretariat", data={"public_source": " "})
    return story, lambda: story.data.update(public_source="Fictitious source of 2099")


@situation("has_public_edition", "withdraw")
def _(people):
    story = drafting(people, who="secretariat")

    def publish_it_and_go_on_writing() -> None:
        for name in ("record", "revise"):
            perform(Process.objects.get(pk=story.process.pk), name, people["secretariat"], data=FILLED[name]())
        story.data = {}

    return story, publish_it_and_go_on_writing


def translated(people: Any) -> Story:
    """A recorded outcome with a translation in French that is a draft."""
    story = drafting(people, who="secretariat")
    perform(story.process, "record", people["secretariat"], data=FILLED["record"]())
    original = Edition.objects.get(series=story.process.series)
    page = begin(story.process.page.specific, original, "fr", user=people["rapporteur"])
    return Story(process_of(page), people, who="secretariat", data=FILLED["record"]())


@situation("original_is_discussed", "open_comment")
def _(people):
    story = translated(people)
    story.data = FILLED["open_comment"]()
    page = story.process.page.specific

    def it_becomes_a_text_of_its_own() -> None:
        page.translates = ""
        page.save_revision()

    return story, it_becomes_a_text_of_its_own


@situation("original_is_public", "record")
def _(people):
    story = translated(people)
    name = story.process.page.specific.translates
    Edition.objects.filter(identifier=name).update(withdrawn_at=timezone.now())
    return story, lambda: Edition.objects.filter(identifier=name).update(withdrawn_at=None)


@situation("translations_withdrawn", "withdraw")
def _(people):
    story = translated(people)
    perform(story.process, "record", people["secretariat"], data=story.data)
    translation = Process.objects.get(pk=story.process.pk)
    series = Edition.objects.get(identifier=translation.page.specific.translates).series
    story.process, story.data = Process.objects.get(series=series), {}
    return story, lambda: perform(translation, "withdraw", people["secretariat"], reason="Fictitious reason.") and None


def test_every_guard_of_the_declaration__has_its_situation() -> None:
    declared = {name: move.name for move in TRANSITIONS.values() for name in (*move.hard, *move.soft)}
    assert set(SITUATIONS) == set(declared)
    for name, (move, _make) in SITUATIONS.items():
        assert name in {*TRANSITIONS[move].hard, *TRANSITIONS[move].soft}


def attempt(story: Story, move: str) -> TransitionLog:
    process = Process.objects.get(pk=story.process.pk)
    with story.around:
        return perform(process, move, story.people[story.who], reason=story.reason, data=story.data)


def everything() -> tuple[Any, ...]:
    """What a move could change."""
    processes = tuple(Process.objects.order_by("pk").values_list("pk", "state", "moves", "title", "due_at"))
    editions = tuple(Edition.objects.order_by("pk").values_list("identifier", "stage", "is_current", "withdrawn_at"))
    return processes, editions, TransitionLog.objects.count(), Message.objects.count(), Period.objects.count()


def test_what_is_advised__is_told_before_the_move_and_stops_nobody(people, client) -> None:
    story = drafting(people, ("text", "<p>The lamp \U0001f389 burns.</p>"))
    client.force_login(people[story.who])
    page = client.get(reverse("workflow_admin:move", args=[story.process.page_id, "open_comment"]))
    assert "PARTY POPPER" in page.text
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[story.process.page_id])}#block-' in page.text
    assert attempt(story, "open_comment").name == "open_comment"


@pytest.mark.parametrize("guard", SITUATIONS)
def test_t17_guard__blocks_with_a_link_and_changes_nothing__and_the_cure_unblocks(guard, people) -> None:
    move, make = SITUATIONS[guard]
    story, cure = make(people)
    before = everything()
    with pytest.raises(Refused) as refusal:
        attempt(story, move)
    assert refusal.value.codes == {guard}
    for item in refusal.value.unmet:
        assert item.message
        assert item.mend.startswith("/admin/")
        assert item.soft is (guard in TRANSITIONS[move].soft)
    assert everything() == before
    cure()
    row = attempt(story, move)
    assert (row.name, row.overridden) == (move, [])


SOFT = [name for name, (move, _make) in SITUATIONS.items() if name in TRANSITIONS[move].soft]


@pytest.mark.parametrize("guard", SOFT)
def test_t18_override__needs_a_reason__is_logged_by_name_and_stands_on_the_public_history(
    guard, people, client
) -> None:
    move, make = SITUATIONS[guard]
    story, _cure = make(people)
    who = people["secretariat"]
    if guard == "not_last_editor":  # it stands only against whoever edited last
        story.process.page.specific.get_latest_revision_as_object().save_revision(user=who)
    process = Process.objects.get(pk=story.process.pk)
    for tried in ({"overrides": [guard], "reason": "  "}, {"overrides": [], "reason": "Mid-year."}):
        with pytest.raises(Refused) as refusal:
            perform(process, move, who, data=story.data, **tried)
        assert refusal.value.codes == ({guard} if tried["reason"].strip() else {"reason"})
    row = perform(process, move, who, data=story.data, overrides=[guard], reason="Fictitious storm of 2099.")
    assert {item["guard"] for item in row.overridden} == {guard}
    page = client.get(f"{row.edition.address}history/")
    words = " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())
    assert "Fictitious storm of 2099." in words
    for item in row.overridden:
        assert " ".join(item["message"].split()) in words
