"""An index: Django looks here for the models of this room. Code imports each from its concept."""

from consultation.adoptions.models import Adoption
from consultation.comments.models import Comment, Disposition, Mapping, ModerationEvent, Target
from consultation.consensus.models import Challenge, Declaration, Dissent, Objection
from consultation.notes.models import Note
from consultation.periods.models import Period, PeriodChange
from consultation.privacy.models import ErasureRequest
from consultation.reports.models import Report
from consultation.submissions.models import Attachment, Draft, Submission, Submitter
from consultation.suggestions.models import Suggestion

__all__ = [
    "Adoption",
    "Attachment",
    "Challenge",
    "Comment",
    "Declaration",
    "Disposition",
    "Dissent",
    "Draft",
    "ErasureRequest",
    "Mapping",
    "ModerationEvent",
    "Note",
    "Objection",
    "Period",
    "PeriodChange",
    "Report",
    "Submission",
    "Submitter",
    "Suggestion",
    "Target",
]
