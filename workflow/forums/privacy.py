"""What proposals and nominations hold of a person: for its owner to read, and to be erased."""

from typing import Any

from workflow.forums.models import Forum, Nomination


def held(email: str) -> dict[str, Any]:
    """proposals: of forums that this address sent. nominations: of people, under this address."""
    proposals = Forum.objects.filter(email__iexact=email)
    nominations = Nomination.objects.filter(email__iexact=email).select_related("forum")
    return {
        "proposals": [
            {"title": row.title, "year": row.year, "proposer": row.proposer, "organisation": row.organisation}
            for row in proposals
        ],
        "nominations": [
            {"forum": row.forum.title, "name": row.name, "organisation": row.organisation, "statement": row.statement}
            for row in nominations
        ],
    }


def erase(email: str, *, with_text: bool) -> None:
    """Names and address go, the words of a nomination too if asked. What a proposal proposes stays."""
    Forum.objects.filter(email__iexact=email).update(proposer="—", organisation="", email="")
    words = {"statement": "—"} if with_text else {}
    Nomination.objects.filter(email__iexact=email).update(name="—", organisation="", email="", **words)
