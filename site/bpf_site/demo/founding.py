"""How the invented forum came to be: proposed, decided on, begun, with its dates and a nomination for lead expert."""

from datetime import datetime, timedelta

from bpf_site.demo.forum_and_people import Cast
from workflow.forums.models import Forum, Nomination
from workflow.forums.services import perform_forum
from workflow.proposals_and_nominations.services import nominate, propose

PROPOSED = timedelta(days=200)  # before now, as all of these
APPROVED = timedelta(days=170)
BEGUN = timedelta(days=150)

DATES = (
    # what, planned, actual: days before now
    ("Call for lead experts ends", 155, 155),
    ("First draft for comment", 80, 75),
    ("Wrap-up session", 30, 30),
    ("Rough-consensus outcome", 14, 10),
)


def found(cast: Cast, now: datetime) -> str:
    """Make the forum's own record, once. Answers what was done, in words."""
    known = Forum.objects.filter(page=cast.forum).first()
    if known is not None:
        return f"{known}: {known.get_state_display()}"
    forum = propose(
        Forum(
            title=cast.forum.title,
            year=2099,
            scope=cast.forum.scope,
            questions="What keeps a shared link alive when nobody can reach the tower?\nWho says that it is down?",
            criteria="Forty villages share eleven links; each winter three of them fail for a week or more.",
            proposer="Amina Lampwright",
            organisation="Invented Institute of Lamps",
        ),
        now - PROPOSED,
    )
    perform_forum(forum, "admit", cast.secretariat, seen=0, at=now - PROPOSED + timedelta(days=2))
    reason = "The invented advisory group took it up at its invented spring meeting."
    perform_forum(forum, "approve", cast.secretariat, reason=reason, seen=1, at=now - APPROVED)
    _call_for_experts(Forum.objects.get(pk=forum.pk), cast, now)
    row = perform_forum(forum, "begin", cast.secretariat, seen=2, at=now - BEGUN)
    return f"{forum}: {row.target_label}"


def _call_for_experts(forum: Forum, cast: Cast, now: datetime) -> None:
    forum.page = cast.forum
    forum.nominations_until = now - timedelta(days=155)
    forum.worked_well = "Villages that had never commented before did, because the draft was read aloud in the harbour."
    forum.save(update_fields=["page", "nominations_until", "worked_well"])
    nominate(
        Nomination(
            forum=forum,
            name="Amina Lampwright",
            organisation="Invented Institute of Lamps",
            email="lampwright@example.org",
            statement="Has kept the link of an invented island up for nine winters.",
            consents=True,
            status=Nomination.Status.ACCEPTED,
        ),
        now - timedelta(days=160),
    )
    for what, planned, actual in DATES:
        days = {"planned": (now - timedelta(days=planned)).date(), "actual": (now - timedelta(days=actual)).date()}
        forum.milestones.create(name=what, **days)
