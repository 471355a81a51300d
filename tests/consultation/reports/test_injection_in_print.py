"""Check 7 in print: the hostile corpus through the annex of dispositions. It always builds, reads no file, runs
nothing, gives every word back, and says row by row what the report says."""

import re
from pathlib import Path

import pytest
from django.utils import timezone

from consultation.answers.services import Answer, publish_set, write_answers
from consultation.comments import moderation
from consultation.comments.models import Comment
from consultation.reports.services import content_of
from core.plain_text import tidy_text
from editions.models import Edition
from pdf.printing.job_from_edition import job_for
from pdf.render import render
from tests.consultation.hostile import HOSTILE
from tests.consultation.stories import ADA, MODERATOR
from tests.pdf.reading import squeezed, structure_text

pytestmark = pytest.mark.django_db


def test_annex__with_the_corpus_in_every_field__prints_it_verbatim(consultation, tmp_path):
    for piece in HOSTILE:
        text = tidy_text(piece)
        comment = consultation.published(text, proposed=text, rationale=text)
        write_answers(consultation.process, [Answer(comment.number, "noted", text)], None, timezone.now())
    publish_set(consultation.process, timezone.now())
    consultation.move("close_comment")
    edition = consultation.move("present", session_date="2099-12-01", session_place="Room 1").edition
    made = render(job_for(edition))
    read = structure_text(made.content, tmp_path)
    assert squeezed(Path("/etc/hostname").read_text()) not in read
    for active in (b"/JavaScript", b"/JS ", b"/Launch", b"/OpenAction"):
        assert active not in made.content
    for piece in HOSTILE:
        plain = squeezed(tidy_text(piece).replace("\u0301" * 49, ""))
        longest = max(re.split(r"[^\x20-\x7e]", plain), key=len)  # other scripts are read in drawing order by poppler
        assert longest
        assert read.count(longest) >= 4, piece  # comment, proposed wording, reasons, answer


def test_annex__agrees_row_by_row_with_the_report_and_shows_no_hidden_word(consultation, tmp_path):
    from dataclasses import replace

    consultation.published("Words for everybody.")
    hidden = consultation.published("Words for nobody.")
    withheld = consultation.published("Words for the editors.", person=replace(ADA, display="withheld"))
    moderation.hide(hidden, MODERATOR, timezone.now(), hide_reason="conduct")
    answers = [Answer(1, "rejected", "The villages disagree."), Answer(withheld.number, "noted", "Heard.")]
    write_answers(consultation.process, answers, None, timezone.now())
    publish_set(consultation.process, timezone.now())
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    edition = consultation.move("adopt", grounds="Nobody objected.").edition
    job = job_for(Edition.objects.get(pk=edition.pk))
    report = content_of(consultation.process, edition)
    assert [row.number for row in job.dispositions] == [row["number"] for row in report.data["comments"]]
    assert [row.decision for row in job.dispositions] == ["Not accepted", "Not yet answered", "Noted"]
    assert report.sha256 in job.dispositions_note
    assert "Comments received: 2" in job.dispositions_note
    read = structure_text(render(job).content, tmp_path)
    assert squeezed("Words for everybody.") in read
    assert squeezed("The villages disagree.") in read
    assert squeezed("Words for nobody.") not in read
    assert squeezed("Words for the editors.") not in read
    assert squeezed("Ada Fictiva") not in read
    assert Comment.objects.count() == 3
