# ruff: noqa: E501  (tables are easier to read one line a row)
"""Role x state x endpoint: who reaches which address, in every state of a document.

The addresses come from the URL configuration and the states from the declaration; what to expect is written by hand
from the guide to the life cycle, sections 4 and 7. A new admin address of ours, or a new address of a document, fails
here until it has a row.
"""

import inspect
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import get_resolver, resolve
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone
from wagtail.admin.menu import Menu
from wagtail.models import Page

from bpf_pages.catalogues.services import begin as begin_catalogue
from bpf_pages.importing.services import begin, read_waiting
from editions.models import Relation
from search.indexing import services as indexing
from tests.factories import ProcessFactory
from tests.search.conftest import index, index_folder
from tests.workflow.moves import brought_to
from workflow.access.models import RoleGroup
from workflow.attachments.services import attach
from workflow.deletion.models import RecycledDraft
from workflow.draft_links.models import DraftLink
from workflow.draft_links.services import make_link, path_of, revoke_link
from workflow.forums.models import Forum, Nomination
from workflow.sessions.models import Session
from workflow.states import State
from workflow.transitions.models import Process

__all__ = ["index", "index_folder"]  # fixtures

pytestmark = pytest.mark.django_db

ROOMS = {
    "core", "gate", "mail", "files", "editions", "workflow", "consultation", "search", "pdf", "api", "bpf_pages", "bpf_site",
}  # fmt: skip
"""All but accounts, whose addresses have a matrix of their own: tests/accounts/test_who_reaches_what.py."""

WHO = {
    "S": "secretariat", "F": "facilitator", "L": "lead_expert", "R": "rapporteur",
    "f": "other_facilitator", "l": "other_lead_expert", "r": "other_rapporteur",
    "n": "nobody", "a": "anonymous", "X": "superuser",
}  # fmt: skip
"""Capitals: people of the document's forum and of the whole library. Small: another forum's, no role, no account."""

FORUM = "SFLRX"  # the people of the forum
LEADS = "SFX"  # those who answer for it
OFFICE = "SX"  # the Secretariat's desk
ALL = "SFLRflrX"  # everybody who may come into the admin; what they find there is filtered by what they may edit

ADMIN = {
    # a document, by its page: workflow
    "workflow_admin:move": FORUM,
    "workflow_admin:history": FORUM,
    "workflow_admin:log_json": FORUM,
    "workflow_admin:log_csv": FORUM,
    "workflow_admin:relations": FORUM,
    "workflow_admin:dois": FORUM,
    "workflow_admin:attachments": FORUM,
    "workflow_admin:attachment": FORUM,
    "workflow_admin:attachment_file": FORUM,
    "workflow_admin:draft_links": "SFLX",  # a rapporteur drafts, and asks for a link
    "workflow_admin:take_back_link": "SFLX",
    "workflow_admin:ping": FORUM,
    "workflow_admin:lock": FORUM,  # whoever may take it over: TAKE_LOCKS
    "workflow_admin:due": LEADS,
    "workflow_admin:remove_relation": LEADS,
    # a forum and its sessions
    "workflow_admin:forum": FORUM,
    "workflow_admin:forum_roles": FORUM,
    "workflow_admin:edit_forum": LEADS,
    "workflow_admin:guided_path": FORUM,
    "workflow_admin:take_step": FORUM,  # whoever sees the desk; the step itself asks whose it is: tests/workflow/forums
    "workflow_admin:nomination": LEADS,
    "workflow_admin:move_forum": FORUM,  # whoever sees the desk; the step itself asks for the role
    "workflow_admin:edit_session": LEADS + "R",  # a rapporteur writes the record
    "workflow_admin:suggest_theme": LEADS + "R",
    "workflow_admin:new_session": "SFRfrX",  # for a forum of one's own
    # the recycle bin
    "workflow_admin:recycled_draft": FORUM,
    "workflow_admin:restore_draft": FORUM,
    "workflow_admin:remove_draft": OFFICE,
    # lists that show each person their own
    "workflow_admin:recycle_bin": ALL,
    "workflow_admin:clock": ALL,
    "workflow_admin:help": ALL,
    "workflow_admin:queue": ALL,
    "workflow_admin:queue_results": ALL,
    "workflow_admin:following": ALL,
    "workflow_admin:follow": ALL,  # which page, asks the view: tests/workflow/following
    "workflow_admin:open_followed": ALL,  # one's own
    "workflow_admin:forums": ALL,
    "workflow_admin:sessions": ALL,
    "workflow_admin:bulk": ALL,
    # the Secretariat's desk
    "workflow_admin:roles": OFFICE,
    "workflow_admin:site_roles": OFFICE,
    "workflow_admin:people": OFFICE,
    "workflow_admin:set_standing": OFFICE,
    "workflow_admin:send_invitation": OFFICE,
    "workflow_admin:revoke": OFFICE,
    "workflow_admin:wordings": OFFICE,
    "workflow_admin:wording": OFFICE,
    "workflow_admin:sign_ins": OFFICE,
    "workflow_admin:remove_second_factors": OFFICE,
    "workflow_admin:end_sessions": OFFICE,
    "workflow_admin:new_forum": OFFICE,
}

ELSEWHERE = {
    "bpf_pages_admin:choose": FORUM,
    "bpf_pages_admin:imported": FORUM,
    "bpf_pages_admin:original": FORUM,
    "bpf_pages_admin:paste": ALL,
    "bpf_pages_admin:take": FORUM,
    "bpf_pages_admin:throw_away": FORUM,
    **dict.fromkeys(
        (
            "bpf_pages_admin:catalogues",
            "bpf_pages_admin:catalogue",
            "bpf_pages_admin:catalogue_files",
            "bpf_pages_admin:catalogue_sheet",
            "bpf_pages_admin:start_catalogue",
            "bpf_pages_admin:check_catalogue",
            "bpf_pages_admin:catalogue_original",
            "bpf_pages_admin:catalogue_template",
            "bpf_pages_admin:catalogue_template_csv",
        ),
        OFFICE,
    ),
    "bpf_site_admin:everything": OFFICE,
    "bpf_site_admin:send_mail_again": OFFICE,
    "consultation_admin:all": ALL,
    "pdf_admin:printings": ALL,
    "pdf_admin:printings_results": ALL,
    "search_report": OFFICE,
    "wagtailsnippets_search_synonym:add": OFFICE,
}
"""Addresses of other rooms that name no document and no forum; a file that was brought in belongs to one."""

OUTSIDERS = "flrna"
"""At an address of any room that names a document or a forum of others, they stand outside; who stands inside is the
room's own test (tests/consultation/test_10_authorisation.py for the answers to comments)."""


PUBLIC = {
    # endpoint: drafting comment incorporating wrap_up final withdrawn
    "bpf_pages:document":            "404 200 200 200 200 410",
    "bpf_pages:edition":             "404 200 200 200 200 410",
    "bpf_pages:edition_json":        "404 200 200 200 200 410",
    "bpf_pages:edition_docx":        "404 200 200 200 200 410",
    "bpf_pages:edition_md":          "404 200 200 200 200 410",
    "bpf_pages:edition_txt":         "404 200 200 200 200 410",
    "bpf_pages:edition_epub":        "404 200 200 200 200 410",
    "bpf_pages:edition_akn.xml":     "404 200 200 200 200 410",
    "bpf_pages:history":             "404 200 200 200 200 200",  # the record outlives the text
    "bpf_pages:cite_document":       "404 200 200 200 200 410",
    "bpf_pages:cite_edition":        "404 200 200 200 200 410",
    "workflow:record_json":          "404 200 200 200 200 200",
    "workflow:record_csv":           "404 200 200 200 200 200",
    "bpf_pages:choose_comparison":   "404 200 200 200 200 200",  # the form where two editions are chosen
    "bpf_pages:compare":             "404 404 404 200 200 404",  # editions 1 and 2: the second is made for the session
    "bpf_pages:side_by_side":        "404 404 404 404 404 410",  # of a translation: tests/bpf_pages/translating
    "bpf_pages:redline_docx":        "404 404 404 200 200 404",
    "pdf:redline":                   "404 404 404 200 200 404",
    "pdf:newest":                    "404 302 302 302 302 410",
    "pdf:sealed":                    "404 404 404 404 404 410",  # nothing is sealed here: tests/pdf/sealing
    "pdf:document":                  "404 200 200 200 200 410",
    "pdf:card":                      "404 200 200 200 200 410",
    "pdf:brief":                     "404 200 200 200 200 410",
    "api:document_citation":         "404 200 200 200 200 410",
    "api:edition_citation":          "404 200 200 200 200 410",
    "api:edition_linkset":           "404 200 200 200 200 410",
    "workflow:attachment":           "404 200 200 200 200 410",
    "workflow:attachment_version":   "404 200 200 200 200 410",
    "consultation:comments":         "404 200 200 200 200 410",
    "consultation:comments_feed":    "404 200 200 200 200 410",
    "consultation:report":           "404 200 200 200 200 410",
    "consultation:report_file":      "404 200 200 200 200 410",
    "consultation:adoptions":        "404 200 200 200 200 410",
    "consultation:adoptions_feed":   "404 200 200 200 200 410",
    "consultation:adoptions_json":   "404 200 200 200 200 410",
    "consultation:adoptions_csv":    "404 200 200 200 200 410",
    "consultation:declare_adoption": "404 404 404 404 200 410",  # of a final
    "consultation:challenge":        "404 404 404 404 200 410",  # of a declaration of consensus
    "consultation:new_comment":      "404 200 200 200 200 410",  # where no period is open it says so
    "consultation:comment_in_word":  "404 200 200 200 200 410",
    "consultation:follow":           "404 200 200 200 200 410",
    # a signed link shows the working text, whatever is public; one that is over says so, and a forged one nothing
    "a draft link":                  "200 200 200 200 200 200",
    "a draft link past its end":     "410 410 410 410 410 410",
    "a draft link taken back":       "410 410 410 410 410 410",
    "a forged draft link":           "404 404 404 404 404 404",
    "by its identifier":             "404 302 302 302 302 302",
    "what is like it":               "404 200 200 200 200 404",
    "the yearbook of its year":      "404 404 404 404 200 404",  # of outcomes
    "on the first page":             "no yes yes yes yes no",
    "on the page of its forum":      "no yes yes yes yes no",
    "in the search":                 "no yes yes yes yes no",
    "in the feed of the search":     "no yes yes yes yes no",
    "in the results as CSV":         "no yes yes yes yes no",
    "in the search as JSON":         "no yes yes yes yes no",
    "in the feed of its year":       "no yes yes yes yes no",
    "in the feed of its forum":      "no yes yes yes yes no",
    "in the calls":                  "no yes yes yes yes no",
    "in the feed of calls":          "no yes yes yes yes no",
    "in the calendar of calls":      "no yes yes yes yes no",
    "in the calls as JSON":          "no yes no yes no no",  # open and announced ones only
    # Nothing of the fictitious year (ADR 0014); tests/api and tests/bpf_pages/tree/test_robots_and_sitemap.py have documents of others.
    "in the sitemap":                "no no no no no no",
    "the archive of its year":       "404 404 404 404 404 404",  # of real years only: tests/bpf_pages/archives
    "in the sitemap of pages":       "no no no no no no",
    "the sitemap of its year":       "404 404 404 404 404 404",
    "in the harvest":                "no no no no no no",
    "in the feed of outcomes":       "no no no no no no",
    "in the feed of editions":       "no no no no no no",
    "in the feed of open questions": "no no no no no no",
    "in the open questions":         "no no no no no no",
    "its uses as JSON":              "404 200 200 200 200 410",
    "as JSON":                       "404 200 200 200 200 410",
    "its comments as JSON":          "404 200 200 200 200 410",
    "its history as JSON":           "404 200 200 200 200 200",
    "its edition as JSON":           "404 200 200 200 200 410",
    "its passages as JSON":          "404 200 200 200 200 410",
    "its forum as JSON":             "404 200 200 200 200 404",  # a forum is named where a public document is
    "in the documents as JSON":      "no yes yes yes yes no",
    "in the table of documents":     "no yes yes yes yes no",
    "in the lines of documents":     "no yes yes yes yes no",
    "in the lines of editions":      "no yes yes yes yes no",
    "in the lines of passages":      "no yes yes yes yes no",
    "in the files of editions":      "no yes yes yes yes no",
    "in the sums of the files":      "no yes yes yes yes no",
}  # fmt: skip
"""What everybody is answered, signed in or not: a public view reads editions only, and knows no roles."""

WAGTAIL = {
    "admin/pages/<int:page_id>/": FORUM,
    "admin/pages/<int:page_id>/edit/": FORUM,
    "admin/pages/<int:page_id>/edit/preview/": FORUM,
    "admin/pages/<int:page_id>/view_draft/": FORUM,
    "admin/pages/<int:page_id>/history/": FORUM,
    "admin/pages/<int:page_id>/revisions/<int:revision_id>/view/": FORUM,
    "admin/pages/<int:page_id>/revisions/<int:revision_id>/revert/": FORUM,
    "admin/api/main/pages/<int:page_id>/?fields=*": FORUM,
}
"""Wagtail's own ways to a working text, in every state. How it may not be changed there: test_closed_routes.py."""

# --- the admin ----------------------------------------------------------------------------------------------------


def addresses(resolver: Any = None, path: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """(name with namespace, route) of every address whose view is ours."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route, entry.namespace or space)
        elif isinstance(entry, URLPattern) and _room(entry) in ROOMS:
            yield f"{space}:{entry.name}".lstrip(":"), route


def _room(entry: URLPattern) -> str:
    view = inspect.unwrap(entry.callback)
    return str((getattr(view, "view_class", None) or view).__module__).partition(".")[0]


ADMIN_ROUTES = {name: route for name, route in addresses() if route.startswith("admin/")}
WORKFLOW_ROUTES = {name: route for name, route in ADMIN_ROUTES.items() if name.startswith("workflow_admin:")}


def _names_a_document(route: str) -> bool:
    return bool(set(re.findall(r":(\w+)>", route)) & {"page_id", "process_id", "forum_id"})


OTHER_ROUTES = {name: route for name, route in ADMIN_ROUTES.items() if name not in WORKFLOW_ROUTES}


def test_every_admin_address_of_ours__has_a_row() -> None:
    assert set(ADMIN) == set(WORKFLOW_ROUTES), "write down who may reach the new address"
    of_no_document = {name for name, route in OTHER_ROUTES.items() if not _names_a_document(route)}
    assert set(ELSEWHERE) == of_no_document, "write down who may reach the new address"
    assert len(OTHER_ROUTES) > 20  # the walk finds the other rooms


def test_admin_addresses_of_other_rooms__are_reached_by_the_right_people(clients, documents) -> None:
    found = {name: reach(OTHER_ROUTES[name], documents("comment"), clients) for name in ELSEWHERE}
    assert found == {name: set(expected) for name, expected in ELSEWHERE.items()}


def test_admin_addresses_of_a_document_in_any_room__are_closed_to_outsiders(clients, documents) -> None:
    outside = {letter: clients[letter] for letter in OUTSIDERS}
    values = documents("comment")
    for name, route in OTHER_ROUTES.items():
        if _names_a_document(route):
            assert reach(route, values, outside) == set(), name


@pytest.mark.parametrize("state", State)
def test_admin_address__is_reached_by_the_right_people_in_every_state(state, clients, documents) -> None:
    found = {name: reach(route, documents(state), clients) for name, route in WORKFLOW_ROUTES.items()}
    assert found == {name: set(expected) for name, expected in ADMIN.items()}


def reach(route: str, values: dict[str, Any], clients: dict[str, Client]) -> set[str]:
    """The letters of those who are let in; every try is undone. The page of the first is drawn whole."""
    address, found = filled(route, values), set()
    with pytest.MonkeyPatch.context() as monkeypatch:
        for letter, client in clients.items():
            if not _let_in(client, address):
                continue
            if not found:
                monkeypatch.setattr(Template, "render", lambda template, context=None, request=None: "")
            found.add(letter)
    return found


@pytest.fixture
def clients(people, monkeypatch) -> dict[str, Client]:
    """One signed-in browser a letter. Their pages have no menu, which tests/workflow/explanation/test_guides walks."""
    monkeypatch.setattr(Menu, "menu_items_for_request", lambda menu, request: [])
    found = {letter: Client() for letter in WHO}
    for letter, who in WHO.items():
        if who != "anonymous":
            found[letter].force_login(people[who])
    return found


def filled(route: str, values: dict[str, Any]) -> str:
    """What a value is not given for is number 1."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values.get(found[1], 1)), route)


def _let_in(client: Client, address: str) -> bool:
    """Neither refused nor sent to the login or to the first page of the admin, which is how Wagtail refuses."""
    with transaction.atomic():
        answer = client.get(address)
        if answer.status_code == 405:
            answer = client.post(address, {})
        transaction.set_rollback(True)
    if answer.streaming:
        answer.getvalue()
    sent_away = answer.status_code == 302 and answer.url.partition("?")[0] in {"/admin/", "/admin/login/"}
    assert answer.status_code < 500, address
    return not sent_away and answer.status_code != 403


@pytest.fixture
def documents(people) -> Any:
    """state -> what an address may name: a document of the forum in that state, and what hangs on it."""
    made: dict[str, dict[str, Any]] = {}

    def at(state: str) -> dict[str, Any]:
        if state not in made:
            made[state] = _things(brought_to(state, people), people)
        return made[state]

    return at


def _things(process: Process, people: Any) -> dict[str, Any]:
    now, facilitator = timezone.now(), people["facilitator"]
    page = process.page.specific
    forum = Forum.objects.filter(page=people.forum).first() or Forum.objects.create(
        # the number of its page: some addresses name a forum by its row, others by its page
        pk=people.forum.pk, page=people.forum, title="Fictitious forum", year=2099, scope="x", proposer="x",
        received_at=now, state_since=now,
    )  # fmt: skip
    nomination = Nomination.objects.create(
        forum=forum, name="Ficta", email="f@example.org", statement="x", consents=True, received_at=now
    )
    session = Session.objects.create(title="Fictitious session", starts=now, place="Room 1")
    session.forums.add(forum.page)
    link = make_link(process.page, made_for="Reader", by=facilitator, expires_at=now + timedelta(days=7), at=now)
    upload = SimpleUploadedFile("annex.txt", b"Fictitious annex of 2099.")
    attach(process, upload, title="Annex", is_public=True, by=facilitator, at=now)
    imported = begin(people.forum, "a.txt", b"Words.", user=facilitator, at=now)
    read_waiting(imported)
    catalogue = begin_catalogue("outputs.csv", b"Year,Forum\n2099,Lamps\n", user=None, at=timezone.now())
    relation = Relation.objects.create(kind="continues", source=process.series, target=f"{process.series}2")
    group = RoleGroup.objects.get(page=people.forum, role="facilitator")
    thrown_away = ProcessFactory(forum=people.forum).page
    Page.objects.get(pk=thrown_away.pk).delete()
    return {
        "page_id": process.page_id, "revision_id": page.latest_revision_id, "process_id": process.pk, "transition": "withdraw", "link_id": link.pk,
        "relation_id": relation.pk, "forum_id": forum.pk, "group_id": group.pk, "user_id": facilitator.pk, "name": "begin",
        "nomination_id": nomination.pk, "session_id": session.pk, "event": "adopt", "number": 1, "version": 1,
        "imported_id": imported.pk, "catalogue_id": catalogue.pk,
        "draft_id": RecycledDraft.objects.lying().latest("pk").pk,
        "links": _links(process.page, link, by=facilitator), "process": process, "year": 2099, "forum": page.get_parent().slug, "document": page.slug,
    }  # fmt: skip


def _links(page: Page, link: DraftLink, *, by: Any) -> dict[str, str]:
    """What an address of a draft may be, by the names of the table."""
    now = timezone.now()
    over, taken_back = (
        make_link(page, made_for="Reader", by=by, at=now - timedelta(days=9), expires_at=now + timedelta(days=end))
        for end in (-1, 7)
    )
    revoke_link(taken_back, now)
    return {
        "a draft link": path_of(link), "a draft link past its end": path_of(over),
        "a draft link taken back": path_of(taken_back), "a forged draft link": f"{path_of(link)[:-2]}x/",
    }  # fmt: skip


@pytest.mark.parametrize("state", State)
def test_wagtails_own_address_of_a_working_text__is_reached_by_the_right_people(state, clients, documents) -> None:
    """Wagtail sends those whom it refuses to some other page, or says that there is none."""
    values = documents(state)
    found = {
        route: {letter for letter, client in clients.items() if client.get(filled(route, values)).status_code == 200}
        for route in WAGTAIL
    }
    assert found == {route: set(expected) for route, expected in WAGTAIL.items()}


# --- the public ---------------------------------------------------------------------------------------------------

DOCUMENT = "library/<int:year>/<slug:forum>/<slug:document>/"
ROUTES = dict(addresses())
LOOKS = {
    "in the search": "search/?q=lamp",
    "in the feed of the search": "search/feed?q=lamp",
    "in the results as CSV": "search/results.csv?q=lamp",
    "in the search as JSON": "api/v1/search?q=lamp",
    "what is like it": "search/like/<slug:series>-E1/",
    "in the sitemap": "sitemap.xml",
    "in the sitemap of pages": "sitemap-pages.xml",
    "the sitemap of its year": "sitemap-<int:year>.xml",
    "on the first page": "",
    "on the page of its forum": "library/<int:year>/<slug:forum>/",
    "by its identifier": "id/<path:series>",
    "the yearbook of its year": "library/<int:year>/yearbook.pdf",
    "the archive of its year": "library/<int:year>/archive.zip",
    "in the feed of its year": "feeds/<int:year>.atom",
    "in the feed of its forum": "feeds/<int:year>/<slug:forum>.atom",
    "in the feed of outcomes": "feeds/outcomes.atom",
    "in the feed of editions": "feeds/editions.atom",
    "in the feed of open questions": "feeds/open-questions.atom",
    "in the open questions": "open-questions/",
    "in the harvest": "oai?verb=ListRecords&metadataPrefix=oai_dc",
    "in the calls": "open-calls/",
    "in the feed of calls": "open-calls.atom",
    "in the calendar of calls": "open-calls.ics",
    "in the calls as JSON": "api/v1/open-calls",
    "its forum as JSON": "api/v1/forums/<int:year>/<slug:forum>",
    "in the documents as JSON": "api/v1/documents?year=2099",
    "as JSON": "api/v1/documents/<slug:series>",
    "its comments as JSON": "api/v1/documents/<slug:series>/comments",
    "its uses as JSON": "api/v1/documents/<slug:series>/uses",
    "its history as JSON": "api/v1/documents/<slug:series>/history",
    "its edition as JSON": "api/v1/editions/<slug:series>-E1",
    "its passages as JSON": "api/v1/editions/<slug:series>-E1/passages",
    "in the table of documents": "api/v1/export/documents.csv?year=2099",
    "in the lines of documents": "api/v1/export/documents.jsonl?year=2099",
    "in the lines of editions": "api/v1/export/editions.jsonl?year=2099",
    "in the lines of passages": "api/v1/export/passages.jsonl?year=2099",
    "in the files of editions": "api/v1/export/editions.zip?year=2099",
    "in the sums of the files": "api/v1/export/SHA256SUMS?year=2099",
}
NAMES_NONE = {
    # words and forms
    "health", "health_live", "health_ready", "health_deep", "metrics", "security_txt", "set_language",
    "workflow:how_it_works", "search:help", "api:developers", "api:openapi", "api:v1_entry", "api:v1_unknown",
    "api:feeds", "bpf_pages:robots",
    "gate:kept_text",  # what its own reader typed, under a secret
    # of forums, sessions and themes: names, and how many public documents they have
    "workflow:proposals", "workflow:new_proposal", "workflow:thanks", "workflow:proposal", "workflow:nominate",
    "api:v1_meetings", "api:v1_meeting", "api:v1_statistics", "search:open_search",
    "api:v1_sessions",  # identifiers of public documents: tests/api/v1/test_v1.py
    "workflow:session", "api:v1_forums", "api:v1_themes", "api:theme_feed", "pdf:theme",  # no document here has a theme
    # words of public texts; files, who reads them is in tests/files/test_who_reads_what.py; a click
    "bpf_pages:glossary", "bpf_pages:statistics",  # words; numbers of what is public
    "bpf_pages:verify", "pdf:printing",  # by the hash of a file: tests/bpf_pages/provenance, tests/pdf/printing
    "search:suggest", "bpf_pages:image", "document_file", "search:opened",
    # by a secret that one person was sent
    "mail:unsubscribe", "search:alert", "search:alert_confirm", "search:alert_stop",
}  # fmt: skip
"""Public addresses at which no document can be met; those of a comment, by its secret, are left out by their path."""

DRAFT_LINKS = {name for name in PUBLIC if "draft link" in name}
OF_ONE_COMMENT = ("comments/", "adoptions/", f"{DOCUMENT}comments/<", f"{DOCUMENT}comments/reports/<")


def test_every_public_address__has_a_row() -> None:
    looked_at = {resolve(filled(path.partition("?")[0], {})).view_name for path in LOOKS.values()}
    public = {name for name, route in ROUTES.items() if not route.startswith(("admin/", *OF_ONE_COMMENT))}
    assert public - {"workflow:draft"} == (set(PUBLIC) & set(ROUTES)) | NAMES_NONE | (looked_at & set(ROUTES)), (
        "write down who may read the new address"
    )


def test_every_row__is_of_an_address_that_is_there() -> None:
    assert set(PUBLIC) <= set(ROUTES) | set(LOOKS) | DRAFT_LINKS
    assert set(LOOKS) <= set(PUBLIC)


@pytest.mark.parametrize("state", State)
def test_public_address__answers_everybody_alike_by_the_state(state, clients, documents, index) -> None:
    values = documents(state) | {"a": 1, "b": 2, "n": 1}
    values["series"] = values["process"].series
    indexing.drain()
    place = list(State).index(state)
    wrong = [
        f"{name} for {WHO[letter]}: {answer}, not {row.split()[place]}"
        for name, row in PUBLIC.items()
        for letter, client in clients.items()
        if (answer := answer_to(client, name, values)) != row.split()[place]
    ]
    assert wrong == []


FORMS = {"consultation:report_file": "csv"}


def answer_to(client: Client, name: str, values: dict[str, Any]) -> str:
    route = LOOKS.get(name) or ROUTES.get(name, "")
    address = values["links"].get(name) or filled(route, values | {"form": FORMS.get(name, "bib")})
    answer = client.get(address)
    body = answer.getvalue() if answer.streaming else answer.content
    if not name.startswith(("in the", "on the")):
        return str(answer.status_code)
    assert answer.status_code in (200, 404), f"{name}: {answer.status_code}"
    named = f"/{values['document']}/".encode() in body or values["series"].encode() in body
    return "yes" if named else "no"
