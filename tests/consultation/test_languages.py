"""What a commenter meets is translated: labels and help of the public forms, the controlled words, consent, mail."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from django.utils.translation import override

from consultation import consent, vocabulary
from consultation.adoptions.forms import AdoptionForm
from consultation.answers.forms import VerdictForm
from consultation.consensus.forms import ChallengeForm
from consultation.submissions.forms import PersonForm, RemarkForm
from mail.delivery import deliver
from mail.subscriptions.forms import SubscribeForm
from tests.consultation.stories import ADA
from tests.site.test_locale import LANGUAGES, catalogue

pytestmark = pytest.mark.django_db

SHOWN = (
    vocabulary.Kind, vocabulary.Display, vocabulary.Channel, vocabulary.StakeholderGroup, vocabulary.Region,
    vocabulary.Scope, vocabulary.Outcome, vocabulary.Verdict, vocabulary.Disposal, vocabulary.AdoptionKind,
    vocabulary.HideReason, vocabulary.Moderation,
)  # fmt: skip
NO_WORDS = {name for _code, name in settings.LANGUAGES} | {""}


def words_of(consultation) -> set[str]:
    period, edition = consultation.period, consultation.edition
    forms = [
        RemarkForm(period),
        PersonForm(period),
        VerdictForm(),
        SubscribeForm(),
        ChallengeForm(),
        AdoptionForm(edition),
    ]
    fields = [field for form in forms for field in form.fields.values()]
    words = {str(text) for field in fields for text in (field.label or "", field.help_text)}
    words |= {str(each.label) for kind in SHOWN for each in kind}
    return words | {str(point) for point in (*consent.POINTS, consent.WITHHELD_POINT)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_and_controlled_words__are_translated(consultation, language):
    known = catalogue(language)._catalog
    with override("en"):
        wanted = words_of(consultation) - NO_WORDS
    assert len(wanted) > 80
    assert {text for text in wanted if text not in known} == set()


@pytest.mark.parametrize(
    ("language", "subject"), [("fr", "Veuillez confirmer"), ("ar", "يُرجى تأكيد"), ("zh-hans", "请确认")]
)
def test_mail__is_written_in_the_language_of_its_reader(consultation, language, subject):
    consultation.comment(person=replace(ADA, language=language))
    deliver(timezone.now())
    assert mail.outbox[0].subject.startswith(subject)


def test_form__for_a_reader_of_arabic__runs_from_right_to_left_and_says_what_is_missing_in_arabic(client, consultation):
    new = f"{consultation.address}comments/new/"
    page = client.post(new, {"kind": "general", "language": "ar"}, headers={"accept-language": "ar"}).content.decode()
    assert 'dir="rtl"' in page
    assert "اكتبوا تعليقًا أو اقترحوا صياغة أخرى." in page
