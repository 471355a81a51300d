"""Keep a proposal for a forum, or a nomination of a lead expert, that came in."""

from datetime import datetime

from workflow.forums.models import Forum, Nomination
from workflow.forums.states import OPEN_TO_NOMINATIONS


def propose(forum: Forum, at: datetime) -> Forum:
    """Keep a proposal that came in."""
    forum.received_at = forum.state_since = at
    forum.save()
    return forum


def nominate(nomination: Nomination, at: datetime) -> Nomination:
    """Keep a nomination that came in."""
    nomination.received_at = at
    nomination.save()
    return nomination


def takes_nominations(forum: Forum, now: datetime) -> bool:
    until = forum.nominations_until
    return until is not None and now < until and forum.state in OPEN_TO_NOMINATIONS
