"""What the workflow does on a date that people set."""

from datetime import datetime


def act(now: datetime) -> int:
    """Do what is due. Answers how many things were done."""
    return 0
