"""The rows of the workflow: where a document stands, its log, who holds which role, and who is told."""

from workflow.models.attachments import Attachment, AttachmentVersion
from workflow.models.draft_links import DraftLink, DraftVisit
from workflow.models.forums import Forum, ForumLog, Milestone, Nomination
from workflow.models.grants import RoleGrant
from workflow.models.notices import Notice, NoticePreference, NoticeWording
from workflow.models.process import Moves, Process, ProcessQuerySet, RoleGroup, TransitionLog, chain_hash, seal
from workflow.models.recycling import RecycledDraft
from workflow.models.sessions import Panelist, RatingSheet, Session

__all__ = [
    "Attachment",
    "AttachmentVersion",
    "DraftLink",
    "DraftVisit",
    "Forum",
    "ForumLog",
    "Milestone",
    "Moves",
    "Nomination",
    "Notice",
    "NoticePreference",
    "NoticeWording",
    "Panelist",
    "Process",
    "ProcessQuerySet",
    "RatingSheet",
    "RecycledDraft",
    "RoleGrant",
    "RoleGroup",
    "Session",
    "TransitionLog",
    "chain_hash",
    "seal",
]
