"""Change the standing of a comment. One function does it, and writes who did it, when and why."""

from datetime import datetime

from django.db import transaction

from consultation.capabilities import Actor
from consultation.comments.models import Comment, ModerationEvent
from consultation.comments.occasions import HIDDEN, PUBLISHED, REPLIED
from consultation.vocabulary import MODERATION_MOVES, HideReason, Moderation
from mail import outbox
from workflow.access.role_holders import CLOCK_NAME

CLOCK = Actor(CLOCK_NAME, "clock")
AUTHOR = Actor("", "author")  # the log names no commenter: the envelope does, and can be erased


class NotPossible(Exception):
    """A comment of this standing cannot go there. `source` and `target` name both."""

    def __init__(self, source: str, target: str) -> None:
        super().__init__(f"{source} -> {target}")
        self.source = source
        self.target = target


@transaction.atomic
def change_standing(
    comment: Comment, target: str, actor: Actor, *, now: datetime, reason: str = "", hide_reason: str = ""
) -> Comment:
    """Move a comment, log it, and tell its author where that matters. The same move again changes nothing.

    hide_reason: the class of reason the tombstone shows; needed for hiding. Raises NotPossible.
    """
    comment = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("submission", "parent__submission")
        .get(pk=comment.pk)
    )
    if comment.moderation == target:
        return comment
    if target not in MODERATION_MOVES[comment.moderation]:
        raise NotPossible(comment.moderation, target)
    source = comment.moderation
    comment.moderation = target
    comment.moderated_at = now
    comment.hide_reason = hide_reason if target == Moderation.HIDDEN else ""
    if target == Moderation.PUBLISHED and comment.published_at is None:
        comment.published_at = now
    comment.save(update_fields=["moderation", "moderated_at", "hide_reason", "published_at"])
    ModerationEvent.objects.create(
        comment=comment, at=now, source=source, target=target, by_name=actor.name, role=actor.role, reason=reason
    )
    _tell(comment, source, now)
    return comment


def _tell(comment: Comment, source: str, now: datetime) -> None:
    facts: dict[str, int | str] = {"comment": comment.number}
    if comment.moderation == Moderation.PUBLISHED and source != Moderation.HIDDEN:
        outbox.write(PUBLISHED, f"published:{comment.pk}", now, comment.submission, facts)
        if comment.parent and comment.parent.submission_id != comment.submission_id:
            facts = {"comment": comment.parent.number, "reply": comment.number}
            outbox.write(REPLIED, f"replied:{comment.pk}", now, comment.parent.submission, facts)
    elif comment.moderation == Moderation.HIDDEN:
        facts["reason"] = comment.hide_reason
        outbox.write(HIDDEN, f"hidden:{comment.pk}:{now:%Y%m%d%H%M%S}", now, comment.submission, facts)


def publish(comment: Comment, actor: Actor, now: datetime) -> Comment:
    return change_standing(comment, Moderation.PUBLISHED, actor, now=now)


def hide(comment: Comment, actor: Actor, now: datetime, *, hide_reason: str, reason: str = "") -> Comment:
    return change_standing(
        comment, Moderation.HIDDEN, actor, now=now, hide_reason=HideReason(hide_reason), reason=reason
    )


def withdraw(comment: Comment, now: datetime) -> Comment:
    """Its author takes it back. Number and date stay, and the disposition if there is one."""
    return change_standing(comment, Moderation.WITHDRAWN, AUTHOR, now=now)
