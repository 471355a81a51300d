"""Dates that files of the web say of themselves. Pure."""

from datetime import UTC, datetime


def moment(text: str) -> datetime | None:
    """An ISO date and time; without a zone it is taken as UTC."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
