from datetime import timedelta
from typing import Any

import pytest

from mail.models import Message
from tests.consultation.stories import Consultation, begun


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client fills a form in no time; here that does not count against it."""
    monkeypatch.setattr("consultation.submissions.views.FASTEST", timedelta(0))


@pytest.fixture
def consultation(people: Any) -> Consultation:
    """A document in public comment, with five numbered paragraphs; its people know of the opening already."""
    opened = begun(people)
    Message.objects.filter(occasion="open_comment").delete()
    return opened
