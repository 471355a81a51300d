"""How the record of consensus is told: each objection once, whoever raised it, and days as people write them."""

import re

import pytest
from django.utils import timezone

from consultation.consensus.models import Declaration, Objection
from consultation.consensus.services import ConsensusRecord, label_of

pytestmark = pytest.mark.django_db


def objection(consultation, comment, **values) -> Objection:
    words = {
        "statement": "Dim lamps.",
        "disposal": "outweighed",
        "reasons": "Ships.",
        "minority_statement": "Dim lamps.",
    }
    made = Objection.objects.create(process=consultation.process, raised_at=timezone.now(), **(words | values))
    made.comments.add(comment)
    return made


def test_record__of_two_comments_in_the_same_words__tells_the_objection_once_with_both(consultation):
    first, second = consultation.published("Dim lamps."), consultation.published("Dim lamps, as they say.")
    same = (objection(consultation, first), objection(consultation, second))
    other = objection(consultation, second, disposal="rejected", minority_statement="They stay dim.")
    told = ConsensusRecord(None, (*same, other), (), (), "").told
    assert [[comment.number for comment in each.comments] for each in told] == [[1, 2], [2]]
    assert [each.minority for each in told] == ["", "They stay dim."]


def test_label__says_the_day_in_words():
    declaration = Declaration(by_name="Ada Fictiva", role="facilitator", at=timezone.now())
    label = label_of(declaration)
    assert not re.search(r"\d{4}-\d\d-\d\d", label)
    assert re.search(r"on \d{1,2} \w+ \d{4}\.$", label)
