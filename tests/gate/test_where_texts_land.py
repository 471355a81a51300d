"""Every text a stranger can type into a public form lands in a field that the register of personal data declares."""

import pytest
from django import forms
from django.urls import get_resolver

from bpf_site.web.log_redaction import routes
from core.personal_data import holdings
from gate.forms.honeypot import TRAP
from gate.forms.public_forms import FORMS

list(routes(get_resolver()))  # the views declare their forms when the routes are read

LANDS = {
    "ProposalForm": {
        name: f"workflow.Forum.{name}"
        for name in ("title", "scope", "questions", "criteria", "proposer", "organisation", "email")
    },
    "NominationForm": {
        name: f"workflow.Nomination.{name}" for name in ("name", "organisation", "email", "statement")
    },
    "SubscribeForm": {"email": "mail.Subscription.email"},
    "AdoptionForm": {name: f"consultation.Adoption.{name}" for name in ("declarer", "email", "statement", "link")},
    "ChallengeForm": {
        "facts": "consultation.Challenge.facts", "name": "consultation.Challenge.by_name",
        "email": "consultation.Challenge.email",
    },
    "RemarkForm": {name: f"consultation.Comment.{name}" for name in ("body", "proposed", "rationale")},
    "PersonForm": {
        "name": "consultation.Submitter.name", "email": "consultation.Submitter.email",
        "organisation": "consultation.Submission.organisation",
    },
    "WordForm": {"file": "consultation.Comment.body"},
    "VerdictForm": {"text": "consultation.Disposition.verdict_text"},
    "FileToRecognise": {},
}  # fmt: skip

NO_WORDS = {TRAP, "form_token", "paragraphs", "hashed_file"}
"""Text fields whose content is looked at and thrown away, numbers of paragraphs, and a file that is only hashed."""

CLASSES = sorted({form.form_class for form in FORMS.values() if form.form_class}, key=lambda each: each.__name__)


def typed(form_class) -> set[str]:
    """Names of its fields in which one can write."""
    free = (forms.CharField, forms.JSONField, forms.FileField)
    fields = form_class.base_fields.items()
    return {name for name, field in fields if isinstance(field, free) and name not in NO_WORDS}


@pytest.mark.parametrize("form_class", CLASSES, ids=lambda each: each.__name__)
def test_what_is_typed__lands_in_a_declared_field(form_class):
    declared = {
        f"{holding.model}.{name}"
        for holding in holdings()
        for name in (*holding.names, *holding.words, *holding.impersonal)
    }
    lands = LANDS[form_class.__name__]
    assert set(lands) == typed(form_class)
    assert set(lands.values()) <= declared


def test_there_is_something_to_look_at():
    assert len(CLASSES) >= len(LANDS) >= 8
