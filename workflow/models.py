"""An index: Django looks here for the models of this room. Code imports each from its concept."""

from workflow.access.models import ForumCollection, RoleGrant, RoleGroup
from workflow.attachments.models import Attachment, AttachmentVersion
from workflow.deletion.models import RecycledDraft
from workflow.draft_links.models import DraftLink, DraftVisit
from workflow.editor.models import EditorTab
from workflow.following.models import Followed
from workflow.forums.models import Forum, ForumLog, Milestone, Nomination
from workflow.sessions.models import Panelist, RatingSheet, Session
from workflow.transitions.models import Process, TransitionLog

__all__ = [
    "Attachment",
    "AttachmentVersion",
    "DraftLink",
    "DraftVisit",
    "EditorTab",
    "Followed",
    "Forum",
    "ForumCollection",
    "ForumLog",
    "Milestone",
    "Nomination",
    "Panelist",
    "Process",
    "RatingSheet",
    "RecycledDraft",
    "RoleGrant",
    "RoleGroup",
    "Session",
    "TransitionLog",
]
