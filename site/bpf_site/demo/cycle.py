"""The life of three invented documents: one goes all the way to rough consensus, and into Arabic; one is withdrawn; one
is open now."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bpf_pages.models.outcome import OutcomePage
from bpf_pages.translating.services import begin, translations_in_work
from bpf_site.demo import arabic, consultation, founding, meeting, text
from bpf_site.demo.forum_and_people import Cast
from workflow.states import State
from workflow.transitions.models import Process
from workflow.transitions.services import perform, process_of


@dataclass(frozen=True, slots=True)
class Step:
    """days: when, counted back from now. before: wording of the text an editor puts in first, "" for none.

    then: what else happens until the next step; it does nothing the second time.
    """

    transition: str
    actor: Callable[[Cast], Any]
    days: int
    before: str = ""
    reason: str = ""
    overrides: tuple[str, ...] = ()
    then: Callable[[Process, Cast, datetime], str] | None = None


def _facilitator(cast: Cast) -> Any:
    return cast.facilitator


def _secretariat(cast: Cast) -> Any:
    return cast.secretariat


def _meet_and_answer(process: Process, cast: Cast, presented: datetime) -> str:
    """The answers come out with the edition that carries the changes, and the session goes through them."""
    answered = consultation.answer(process, cast, presented)
    return f"{answered}, {meeting.hold(process, cast, presented)}"


STORY = (
    Step("open_comment", _facilitator, 75, then=consultation.hold),
    Step("close_comment", _facilitator, 44, then=consultation.moderate),
    Step("present", _facilitator, 30, before="revised", then=_meet_and_answer),
    Step("incorporate", _facilitator, 25, then=consultation.dispose),
    Step("adopt", _facilitator, 10, before="final"),
)

WITHDRAWN_STORY = (
    Step("open_comment", _facilitator, 60),
    Step("withdraw", _secretariat, 58, reason="Opened with the text of another invented document."),
)

OPEN_STORY = (Step("open_comment", _facilitator, 5),)
"""Comment stays open for weeks: whoever tries the library has a draft to comment on."""


def data_for(transition: str, at: datetime) -> dict[str, Any]:
    """What the form of a move is filled in with."""
    match transition:
        case "open_comment":
            announcement = "The invented forum asks everybody, keepers and villagers first, to comment on this draft."
            return {"label": "Draft I", "announcement": announcement, "opens": at, "closes": at + timedelta(days=30)}
        case "present":
            return {"label": "Draft II", "session_date": at.date(), "session_place": "Hall of Mirrors, Port Fiction"}
        case "adopt":
            grounds = (
                "Every comment was answered. One objection, on when reasons are given, was discussed and is "
                "maintained by the keepers of Vieux Cap; their view is printed as a dissent."
            )
            return {"grounds": grounds, "reopening": "A winter in which giving reasons at once did harm."}
    return {}


def play(cast: Cast, now: datetime, say: Callable[[str], None]) -> None:
    """Play the stories. A story that was played already is left as it is; one cut short goes on where it stopped."""
    for line in _play_all(cast, now):
        say(line)


def _play_all(cast: Cast, now: datetime) -> Iterator[str]:
    yield founding.found(cast, now)
    outcome = _page(cast, "outcome", "Keeping a shared link alive through the winter")
    yield from _play(outcome, STORY, cast, now)
    yield from _translate(outcome, cast, now)
    withdrawn = _page(cast, "early-note", "An early note that was opened by mistake", text.NOTE_SUMMARY)
    yield from _play(withdrawn, WITHDRAWN_STORY, cast, now)
    still_open = _page(cast, "notices", "How villages tell each other that a link is down", text.NOTICES_SUMMARY)
    yield from _play(still_open, OPEN_STORY, cast, now)


def _translate(original: OutcomePage, cast: Cast, now: datetime) -> Iterator[str]:
    """The outcome in Arabic, recorded by the Secretariat."""
    at = now - timedelta(days=4)
    edition = process_of(original).current_edition
    page = next((each for each in translations_in_work(original) if each.language == "ar"), None)
    if page is None and edition is not None:
        page = begin(original, edition, "ar", user=cast.rapporteur)
        page.title, page.summary = arabic.TITLE, arabic.SUMMARY
        page.body = page.body.stream_block.to_python(arabic.written_over(page.body.get_prep_value()))
        page.save_revision(user=cast.rapporteur)
    if page is not None and process_of(page).moves == 0:
        row = perform(process_of(page), "record", cast.secretariat, data=page.answers(), at=at)
        yield f"{row.series}: {row.label} -> {State(row.target).label}"


def _play(page: OutcomePage, story: tuple[Step, ...], cast: Cast, now: datetime) -> Iterator[str]:
    process = process_of(page)
    for number, step in enumerate(story):
        at = now - timedelta(days=step.days)
        if number >= process.moves:
            yield _move(page, step, cast, at)
        if step.then:
            yield f"{process.series}: {step.then(Process.objects.get(pk=process.pk), cast, at)}"
    yield f"{process.series}: at {State(Process.objects.get(pk=process.pk).state).label}"


def _move(page: OutcomePage, step: Step, cast: Cast, at: datetime) -> str:
    if step.before:
        _rewrite(page, step.before, cast)
    row = perform(
        process_of(page),
        step.transition,
        step.actor(cast),
        reason=step.reason,
        overrides=step.overrides,
        data=data_for(step.transition, at),
        at=at,
    )
    return f"{row.series}: {row.label} -> {State(row.target).label}"


def _page(cast: Cast, slug: str, title: str, summary: str = text.SUMMARY) -> OutcomePage:
    page = OutcomePage.objects.child_of(cast.forum).filter(slug=slug).first()
    if page is None:
        page = OutcomePage(title=title, slug=slug, summary=summary, live=False)
        page.body = text.body("draft")
        cast.forum.add_child(instance=page)
        page.save_revision(user=cast.rapporteur)
    return page


def _rewrite(page: OutcomePage, stage: str, cast: Cast) -> None:
    """Put the next wording in, block by block as an editor would, so that a rewritten paragraph keeps its key."""
    draft = page.get_latest_revision_as_object()
    former = {place: block.id for place, block in _placed(draft.body)}
    draft.body = text.body(stage)
    for place, block in _placed(draft.body):
        block.id = former.get(place)
    draft.save_revision(user=cast.rapporteur)


def _placed(body: Any) -> Iterator[tuple[tuple[str, int], Any]]:
    """Each block with its kind and its place among the blocks of that kind."""
    seen: Counter[str] = Counter()
    for block in body:
        seen[block.block_type] += 1
        yield (block.block_type, seen[block.block_type]), block
