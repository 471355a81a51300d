from datetime import timedelta
from typing import Any

import pytest

from tests.consultation.stories import Consultation, begun


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client fills a form in no time; here that does not count against it."""
    monkeypatch.setattr("consultation.submissions.views.FASTEST", timedelta(0))


@pytest.fixture
def consultation(people: Any) -> Consultation:
    """A document in public comment, with five numbered paragraphs."""
    return begun(people)
