"""Every reason why a step is refused leads to where it is mended: to the field or the block itself, never back to where
the reason was shown."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editions.models import Edition
from tests.consultation.stories import begun
from tests.factories import OutcomePageFactory, ProcessFactory
from tests.workflow.forums.test_forums import a_forum
from tests.workflow.transitions.test_guards import translated
from workflow.forums.services import FORUM_GUARDS
from workflow.states import TRANSITIONS, Role, State
from workflow.transitions.guards import GUARDS, Attempt, Unmet
from workflow.transitions.models import Process
from workflow.transitions.services import perform, process_of

pytestmark = pytest.mark.django_db

ADVICE = {"not_last_editor", "has_public_edition"}
"""Nothing on a page mends these: somebody else has to act, or nothing is there to withdraw."""
OWN_TESTS = {
    "glyphs_covered", "prints",  # tests/pdf/printing: they need a text that cannot be printed
    "suggestions_settled",  # tests/consultation/suggestions
    "objections_disposed", "accepted_comments_traceable",  # the desks that the others of consultations lead to
    "text_changed",
}  # fmt: skip


def met_with(process, people, names: set[str], **data: object) -> Iterator[tuple[str, Unmet]]:
    """What guards find missing. names: of the guards."""
    for name in sorted(names):
        move = next(each for each in TRANSITIONS.values() if name in {*each.hard, *each.soft, *each.advised})
        attempt = Attempt(process, move, people["secretariat"], Role.SECRETARIAT, timezone.now(), data)
        for unmet in GUARDS[name].check(attempt):
            yield name, Unmet(unmet.code, unmet.message, unmet.mend or attempt.edit_address)


def missing(people) -> Iterator[tuple[str, Unmet]]:
    twice = {"type": "text", "value": '<p data-block-key="aaaaa">⟦Bo, 14:03⟧ Lamps.</p>', "id": "6f2a2b4e-0001"}
    open_still = {"type": "alternative", "value": {"title": "Open?", "body": [], "options": []}, "id": "6f2a2b4e-0002"}
    flawed = [twice, open_still]
    draft = process_of(OutcomePageFactory(parent=people.forum, body=flawed))
    now = timezone.now()
    yield from met_with(draft, people, set(GUARDS) - ADVICE - OWN_TESTS)
    yield from met_with(draft, people, {"period_long_enough"}, opens=now, closes=now + timedelta(days=3))
    yield from met_with(process_of(OutcomePageFactory(parent=people.forum, body=[])), people, {"text_complete"})
    story = begun(people)
    story.published("A published remark.")
    story.comment("A remark that waits.")
    comments = {"period_over", "no_open_period", "no_comment_yet", "comments_moderated", "comments_answered"}
    yield from met_with(story.process, people, comments | {"had_comment_period"})
    yield from of_translations(people)


def of_translations(people) -> Iterator[tuple[str, Unmet]]:
    begun_only, public, of_what_is_gone = translated(people), translated(people), translated(people)
    yield from met_with(begun_only.process, people, {"original_is_discussed", "translation_corresponds"})
    perform(public.process, "record", people["secretariat"], data=public.data)
    original = Edition.objects.get(identifier=public.process.page.specific.translates)
    yield from met_with(Process.objects.get(series=original.series), people, {"translations_withdrawn"})
    gone = of_what_is_gone.process.page.specific.translates
    Edition.objects.filter(identifier=gone).update(withdrawn_at=timezone.now())
    yield from met_with(of_what_is_gone.process, people, {"original_is_public"})


def check(client: Client, unmet: Unmet, shown_at: str = "") -> str:
    """What is wrong with the link of a reason, or ""."""
    address = urlsplit(unmet.mend)
    if not address.path or (address.path == shown_at and not address.fragment):
        return f"leads nowhere: {unmet.mend}"
    answer = client.get(f"{address.path}?{address.query}")
    if answer.status_code != 200:
        return f"{answer.status_code}: {unmet.mend}"
    if not address.fragment:
        return ""
    if address.fragment.startswith("block-"):  # the editor makes the element from the block's id
        block = address.fragment.removeprefix("block-").removesuffix("-section")
        return "" if block and block in answer.content.decode() else f"no block: {unmet.mend}"
    found = BeautifulSoup(answer.content, "html.parser").find(id=address.fragment)
    is_field = found is not None and found.name in {"input", "select", "textarea", "section"}
    return "" if is_field else f"no field: {unmet.mend}"


def test_every_mend__of_a_documents_guards__leads_to_the_field(people, client) -> None:
    client.force_login(people["secretariat"])
    found = list(missing(people))
    assert set(GUARDS) - {name for name, _unmet in found} == ADVICE | OWN_TESTS
    faults = {f"{name}: {unmet.message}": check(client, unmet) for name, unmet in found}
    assert {name: fault for name, fault in faults.items() if fault} == {}


def test_every_mend__of_a_forums_guards__leads_to_the_field(people, client) -> None:
    client.force_login(people["secretariat"])
    ProcessFactory(forum=people.forum, state=State.DRAFTING)
    people["other_facilitator"].groups.clear()
    forums = [a_forum("approved"), a_forum("active", page=people.forum), a_forum("approved", page=people.other_forum)]
    found = [(name, each, forum) for forum in forums for name, see in FORUM_GUARDS.items() for each in see(forum)]
    assert {name for name, _unmet, _forum in found} == set(FORUM_GUARDS)
    desks = {forum.pk: reverse("workflow_admin:forum", args=[forum.pk]) for forum in forums}
    faults = {f"{name}: {unmet.message}": check(client, unmet, desks[forum.pk]) for name, unmet, forum in found}
    assert {name: fault for name, fault in faults.items() if fault} == {}
