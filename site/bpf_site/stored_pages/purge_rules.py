"""Which pages are stored, and what purges them: one table, from which code, documentation and tests are made.

A stored page depends on the keys of the tables that were read while it was drawn. Whoever writes into a table of a
key, by whatever call, purges what depends on that key (writes.py). A table that stands nowhere here belongs to every
key: what nobody thought of purges too much, never too little.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from consultation.consensus.models import Declaration
from consultation.periods.models import Period
from workflow.forums.models import Forum


@dataclass(frozen=True, slots=True)
class Key:
    """One surrogate key. happens: what people do that writes into its tables."""

    name: str
    happens: str
    tables: tuple[str, ...]


KEYS = (
    Key(
        "tree",
        "a page of the tree (home, library, year, forum, theme, page about the library), its menu, wording, image or "
        "file is made, published, changed, moved or taken away",
        (
            "wagtailcore_page", "wagtailcore_site", "wagtailcore_locale", "wagtailcore_pageviewrestriction",
            "wagtailcore_pageviewrestriction_groups", "bpf_pages_homepage", "bpf_pages_librarypage",
            "bpf_pages_meetingpage", "bpf_pages_forumpage", "bpf_pages_forumpage_themes",
            "bpf_pages_forumpage_continues", "bpf_pages_forumperson", "bpf_pages_standardpage",
            "bpf_pages_themeindexpage", "bpf_pages_themepage", "bpf_pages_wording", "bpf_pages_outsidelink",
            "wagtailimages_image", "wagtailimages_rendition", "wagtaildocs_document", "wagtailcore_collection",
            "wagtailcore_collectionviewrestriction", "wagtailcore_collectionviewrestriction_groups",
            "files_cleanedimage", "files_shownfile", "taggit_tag", "taggit_taggeditem", "django_content_type",
        ),
    ),
    Key(
        "editions",
        "a document moves: an edition is frozen, changes its stage or is withdrawn; it is printed or sealed; "
        "a relation, an attached file or a DOI is added; the archive of a year is made",
        (
            "editions_edition", "editions_passage", "editions_relation", "workflow_process", "workflow_transitionlog",
            "workflow_attachment", "workflow_attachmentversion", "pdf_printing", "pdf_seal", "editions_doi",
            "bpf_pages_yeararchive",
        ),
    ),
    Key(
        "comments",
        "a comment is sent, confirmed, moderated, answered or erased; a period is opened, moved or closed; "
        "consensus is declared, objected to or challenged; a report is issued; an adoption is declared",
        (
            "consultation_period", "consultation_periodchange", "consultation_comment", "consultation_target",
            "consultation_mapping", "consultation_disposition", "consultation_disposition_changed",
            "consultation_objection", "consultation_objection_comments", "consultation_declaration",
            "consultation_dissent", "consultation_challenge", "consultation_report", "consultation_submission",
            "consultation_submitter", "consultation_attachment", "consultation_adoption",
            "consultation_adoption_passages",
        ),
    ),
    Key(
        "forums",
        "a forum is proposed, approved, opened or closed; its milestones or experts change; a session is written down",
        (
            "workflow_forum", "workflow_forumlog", "workflow_milestone", "workflow_nomination", "workflow_session",
            "workflow_session_forums", "workflow_session_documents", "workflow_panelist", "workflow_ratingsheet",
        ),
    ),
)  # fmt: skip

NEVER = {
    "drafts and the desks of editors": (
        "bpf_pages_outcomepage", "bpf_pages_outcomeperson", "bpf_pages_importedfile", "bpf_pages_catalogue",
        "bpf_pages_cataloguefile", "bpf_pages_cataloguerow", "consultation_draft", "consultation_note",
        "consultation_suggestion", "consultation_moderationevent", "workflow_draftlink", "workflow_draftvisit",
        "workflow_recycleddraft", "wagtailcore_revision", "wagtailcore_comment", "wagtailcore_commentreply",
        "wagtailcore_pagesubscription", "wagtailcore_pagelogentry", "wagtailcore_modellogentry",
        "wagtailcore_referenceindex", "wagtailcore_uploadedfile", "wagtailcore_workflow", "wagtailcore_workflowtask",
        "wagtailcore_workflowpage", "wagtailcore_workflowcontenttype", "wagtailcore_workflowstate",
        "wagtailcore_task", "wagtailcore_taskstate", "wagtailcore_groupapprovaltask",
        "wagtailcore_groupapprovaltask_groups", "wagtailadmin_admin", "wagtailadmin_editingsession",
        "wagtailadmin_formstate", "workflow_editortab", "workflow_followed",
    ),
    "people, their rights and their sessions": (
        "auth_user", "auth_user_groups", "auth_user_user_permissions", "auth_group", "auth_group_permissions",
        "auth_permission", "accounts_event", "accounts_eventchain", "accounts_factor", "accounts_recoverycode",
        "accounts_opensession", "accounts_foreignidentity", "accounts_addressee", "accounts_resetrequest",
        "workflow_rolegroup", "workflow_rolegrant", "workflow_forumcollection", "wagtailusers_userprofile",
        "wagtailcore_grouppagepermission", "wagtailcore_groupcollectionpermission",
        "wagtailcore_groupsitepermission", "consultation_erasurerequest", "django_session",
    ),
    "mail": ("mail_message", "mail_subscription", "mail_wording", "mail_preference"),
    "the search, whose answers are not stored": (
        "search_filetext", "search_filepage", "search_facetvalue", "search_indexchange", "search_editionvectors",
        "search_askedquestion", "search_synonym", "search_recommendation", "wagtailsearch_indexentry",
        "wagtailsearch_indexentry_fts",
    ),
    "counting, tasks and files that no page shows": (
        "bpf_site_heartbeat", "bpf_site_purge", "gate_tally", "gate_spenttoken", "api_calendarevent", "pdf_volume",
        "files_leftfile", "django_tasks_database_dbtaskresult", "django_migrations", "wagtailredirects_redirect",
    ),
}  # fmt: skip
"""Why no stored page shows it -> tables. A page that reads one of them all the same is not stored."""

LATE = frozenset({"api_usagecount"})
"""How often a document was read, which each reading changes: a page may tell it as it was when the page was drawn,
a day ago at most."""

KEY_OF = {table: key.name for key in KEYS for table in key.tables}
UNSHOWN = frozenset(table for tables in NEVER.values() for table in tables)
EVERY_KEY = frozenset(key.name for key in KEYS)

UNSHOWN_COLUMNS = {
    "wagtailcore_page": frozenset({
        "draft_title", "has_unpublished_changes", "latest_revision_id", "latest_revision_created_at", "numchild",
        "locked", "locked_at", "locked_by_id",
    })
}  # fmt: skip
"""Table -> columns that no stored page shows. `numchild` changes with a row that is made or deleted, which purges."""
UNSHOWN_PAGES = ("bpf_pages", "outcomepage")
"""The working text of a document is never public: saving a draft, which writes every column, purges nothing."""

STORED = frozenset(
    {
        "wagtail_serve", "bpf_pages:document", "bpf_pages:edition", "bpf_pages:history", "bpf_pages:compare",
        "bpf_pages:side_by_side",
        "bpf_pages:open_questions", "bpf_pages:glossary", "bpf_pages:statistics", "consultation:comments",
        "consultation:comment", "consultation:report", "consultation:issued_report", "consultation:adoptions",
        "workflow:how_it_works", "workflow:proposals", "workflow:proposal", "workflow:session", "search:help",
    }
)  # fmt: skip
"""Views whose pages are stored: those that say the same to everybody, count nothing and hold no form with a token.
`/open-calls/` is none of them: it says how many minutes are left."""


def keys_of(tables: set[str]) -> frozenset[str] | None:
    """The keys of a page that was drawn from these tables; None if it may not be stored."""
    if tables & UNSHOWN:
        return None
    shown = tables - LATE
    return frozenset(KEY_OF[table] for table in shown) if shown <= KEY_OF.keys() else EVERY_KEY


def purged_by(table: str, columns: set[str] | None, content_type: Any) -> frozenset[str]:
    """The keys that a statement purges. columns: those that an UPDATE sets. content_type: what it sets that to."""
    if table in UNSHOWN | LATE:
        return frozenset()
    if columns is not None and table in UNSHOWN_COLUMNS:
        if columns <= UNSHOWN_COLUMNS[table]:
            return frozenset()
        if content_type is not None and content_type == ContentType.objects.get_by_natural_key(*UNSHOWN_PAGES).pk:
            return frozenset()
    return frozenset({KEY_OF[table]}) if table in KEY_OF else EVERY_KEY


# --- the clock ----------------------------------------------------------------------------------------------------

SOON = timedelta(microseconds=1)


def _first(rows: Any, field: str, now: datetime) -> datetime | None:
    found: datetime | None = rows.filter(**{f"{field}__gt": now}).order_by(field).values_list(field, flat=True).first()
    return found


def _declared(now: datetime) -> datetime | None:
    """A challenge is possible up to and with its last instant."""
    length = timedelta(days=settings.CHALLENGE_DAYS)
    found = _first(Declaration.objects, "at", now - length - SOON)
    return found + length + SOON if found else None


def _midnight(now: datetime) -> datetime:
    return datetime.combine(timezone.localdate(now) + timedelta(days=1), time(), timezone.get_default_timezone())


CLOCK: dict[str, Callable[[datetime], datetime | None]] = {
    "a period opens": lambda now: _first(Period.objects, "opens", now),
    "a period closes": lambda now: _first(Period.objects, "closes", now),
    "the date passes until which comments reach the session": lambda now: _first(Period.objects, "soft_deadline", now),
    "a declaration can no longer be challenged": _declared,
    "nominations end": lambda now: _first(Forum.objects, "nominations_until", now),
    "a day begins": _midnight,
}
"""What happens by itself, and when next after a moment; None for never. A stored page holds until the first of them."""


def good_until(now: datetime) -> datetime:
    return min(instant for next_after in CLOCK.values() if (instant := next_after(now)))
