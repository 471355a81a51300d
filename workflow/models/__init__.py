"""The rows of the workflow: where a document stands, its log, who holds which role, and who is told."""

from workflow.models.draft_links import DraftLink, DraftVisit
from workflow.models.forums import Forum, ForumLog, Milestone, Nomination
from workflow.models.grants import RoleGrant
from workflow.models.notices import Notice, NoticePreference, NoticeWording
from workflow.models.process import Moves, Process, ProcessQuerySet, RoleGroup, TransitionLog, chain_hash, seal

__all__ = [
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
    "Process",
    "ProcessQuerySet",
    "RoleGrant",
    "RoleGroup",
    "TransitionLog",
    "chain_hash",
    "seal",
]
