"""Everything a consultation keeps. Keyed to editions and passages, so that no later edit can move it."""

from consultation.models.answers import Disposition
from consultation.models.comments import Comment, Mapping, ModerationEvent, Target
from consultation.models.consensus import Challenge, Declaration, Dissent, Objection
from consultation.models.periods import Period, PeriodChange, next_round
from consultation.models.records import Adoption, ErasureRequest, Notice, Report, Subscription
from consultation.models.submissions import Attachment, Draft, Submission, Submitter

__all__ = [
    "Adoption", "Attachment", "Challenge", "Comment", "Declaration", "Disposition", "Dissent", "Draft",
    "ErasureRequest", "Mapping", "ModerationEvent", "Notice", "Objection", "Period", "PeriodChange", "Report",
    "Submission", "Submitter", "Subscription", "Target", "next_round",
]  # fmt: skip
