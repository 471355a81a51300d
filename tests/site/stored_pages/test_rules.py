"""What purges what: each table is declared once, and statements are read for what they say."""

import re
import threading
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse

from bpf_site.stored_pages.middleware import OneAtATime, may_be_stored, place_of
from bpf_site.stored_pages.purge_rules import EVERY_KEY, KEYS, LATE, NEVER, UNSHOWN, keys_of
from bpf_site.stored_pages.write_watcher import purged
from bpf_site.web.compression import is_text, may_hold_a_secret

DOCUMENT = Path(__file__).parents[3] / "docs" / "operators" / "stored-pages.md"


def test_every_table__is_declared_once() -> None:
    """Whoever makes a table says what it purges; until then it purges everything."""
    declared = [table for key in KEYS for table in key.tables] + [table for group in NEVER.values() for table in group]
    declared += LATE
    made = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert sorted(declared) == sorted(set(declared))
    assert made <= set(declared), "say in bpf_site/stored_pages/purge_rules.py what a write into it purges"
    assert set(declared) <= made | {"django_migrations"}


def test_document__tells_the_rules() -> None:
    text = DOCUMENT.read_text()
    for key in KEYS:
        assert f"| `{key.name}` | {key.happens} |" in text
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == [key.name for key in KEYS]


@pytest.mark.parametrize(
    ("statement", "keys"),
    [
        (
            'INSERT INTO "consultation_comment" ("series") VALUES (%s) RETURNING "consultation_comment"."id"',
            {"comments"},
        ),
        ('INSERT OR IGNORE INTO "mail_message" ("key") VALUES (%s)', set()),
        ('UPDATE "editions_edition" SET "stage" = %s WHERE "editions_edition"."id" = %s', {"editions"}),
        ('DELETE FROM "workflow_session_forums" WHERE 1', {"forums"}),
        ("UPDATE wagtailcore_page SET path=%s || SUBSTR(path, 5) WHERE path LIKE %s", {"tree"}),
        ("UPDATE wagtailcore_page SET numchild=numchild+1 WHERE path = %s", set()),
        ('UPDATE "wagtailcore_page" SET "latest_revision_id" = %s, "draft_title" = %s WHERE "id" = %s', set()),
        ('UPDATE "wagtailcore_page" SET "latest_revision_id" = %s, "title" = %s WHERE "id" = %s', {"tree"}),
        (
            'UPDATE "wagtailcore_page" SET "locked" = (SELECT 1 FROM "x" WHERE 1), "title" = %s WHERE "id" = %s',
            {"tree"},
        ),
        ('INSERT INTO "a_table_nobody_knows" VALUES (1)', EVERY_KEY),
        ('WITH gone AS (DELETE FROM "editions_edition" RETURNING *) SELECT 1', EVERY_KEY),
        ('TRUNCATE "mail_message", "editions_edition"', EVERY_KEY),
        ("PRAGMA foreign_keys = OFF", set()),
        (' SELECT "id" FROM "editions_edition"', set()),
    ],
)
def test_statement__purges_what_it_may_change(statement: str, keys: set[str]) -> None:
    assert purged(statement, ("x",) * statement.count("%s")) == keys


def test_saving__every_column_of_a_page__purges_unless_it_is_a_working_text(monkeypatch) -> None:
    monkeypatch.setattr(ContentType.objects, "get_by_natural_key", lambda *names: ContentType(pk=7))
    statement = 'UPDATE "wagtailcore_page" SET "title" = %s, "content_type_id" = %s, "live" = %s WHERE "id" = %s'
    assert purged(statement, ("x", 7, False, 1)) == set()
    assert purged(statement, ("x", 8, False, 1)) == {"tree"}
    assert purged(statement, None) == {"tree"}, "of many at once nothing is known"


def test_page__drawn_from_what_no_page_shows__is_not_stored() -> None:
    assert keys_of({"editions_edition", "wagtailcore_page"}) == {"editions", "tree"}
    assert keys_of({"editions_edition", "auth_user"}) is None
    assert keys_of({"editions_edition", "api_usagecount"}) == {"editions"}, "how often it was read may be a day old"
    assert purged('UPDATE "api_usagecount" SET "pages" = %s WHERE "id" = %s', (1, 1)) == set()
    assert keys_of({"editions_edition", "a_table_nobody_knows"}) == EVERY_KEY
    assert "wagtailcore_revision" in UNSHOWN


# --- who is answered from the store -------------------------------------------------------------------------------


def asked(path: str = "/library/", query: str = "", method: str = "GET", **headers: str) -> HttpRequest:
    request = HttpRequest()
    request.method, request.path, request.path_info = method, path, path
    request.META = {"QUERY_STRING": query, "SERVER_NAME": "testserver", "SERVER_PORT": "80", **headers}
    if "HTTP_COOKIE" in headers:
        name, _equal, value = headers["HTTP_COOKIE"].partition("=")
        request.COOKIES = {name: value}
    return request


@pytest.mark.parametrize(
    "request_",
    [
        asked(query="q=1"),
        asked(method="POST"),
        asked(HTTP_COOKIE="sessionid=x"),
        asked(HTTP_AUTHORIZATION="Basic x"),
        asked(HTTP_RANGE="bytes=0-1"),
        asked(HTTP_IF_MATCH='"x"'),
        asked(HTTP_HOST="elsewhere.example"),
        asked(HTTP_ACCEPT="application/x-bibtex"),
        asked(HTTP_ACCEPT="image/png"),
    ],
)
def test_request__that_may_ask_for_something_of_its_own__has_no_place_in_the_store(request_, settings) -> None:
    settings.STORED_PAGES = True
    assert place_of(request_) is None


def test_pages_of_other_hosts_schemes_languages_and_addresses__lie_in_other_places(settings) -> None:
    settings.STORED_PAGES = True
    requests = [
        asked(), asked("/"), asked("/ar/library/"), asked(HTTP_ACCEPT_LANGUAGE="ar"), asked(HTTP_HOST="localhost"),
        asked(**{"wsgi.url_scheme": "https"}),
    ]  # fmt: skip
    places = {place_of(request) for request in requests}
    assert None not in places
    assert len(places) == 5, "only the scheme is the request's own method, which a bare request does not have"
    browser = {"HTTP_USER_AGENT": "x", "HTTP_ACCEPT_ENCODING": "gzip", "HTTP_ACCEPT": "text/html,*/*;q=0.8"}
    assert place_of(asked()) == place_of(asked(**browser))


def answered(status: int = 200, **headers: str) -> HttpResponse:
    response = HttpResponse("x" * 999, status=status)
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def test_answer__of_one_person_or_one_moment__is_not_stored() -> None:
    with_cookie = answered()
    with_cookie.set_cookie("a", "b")
    with_policy = answered()
    with_policy._csp_update = {}
    with_token = HttpResponse('<input type="hidden" name="form_token" value="x">')
    of_moment = (answered(404), answered(410), answered(302), answered(Vary="User-Agent"), with_cookie, with_policy)
    of_one = (answered(Cache_Control="no-store"), answered(Cache_Control="private, max-age=1"), with_token)
    for response in (*of_moment, *of_one):
        assert not may_be_stored(asked(), response)
    assert not may_be_stored(asked(CSRF_COOKIE_NEEDS_UPDATE="1"), answered())
    assert may_be_stored(asked(), answered(Vary="Cookie, Accept-Language, Accept"))


def test_compression__of_what_may_hold_a_secret__is_not_done() -> None:
    """Its length would tell the secret to whoever can put words beside it (BREACH)."""
    for request in (asked("/admin/"), asked(HTTP_COOKIE="sessionid=x"), asked(method="POST"),
                    asked(CSRF_COOKIE_NEEDS_UPDATE="1"), asked(HTTP_AUTHORIZATION="Basic x")):  # fmt: skip
        assert may_hold_a_secret(request, answered())
    assert may_hold_a_secret(asked(), answered(Cache_Control="no-store"))
    assert not may_hold_a_secret(asked(query="q=lamp"), answered())
    assert is_text(answered(Content_Type="application/atom+xml"))
    assert is_text(answered(Content_Type="application/json"))
    assert not is_text(answered(Content_Type="application/pdf"))
    assert not is_text(answered(Accept_Ranges="bytes"))


def test_many_who_ask_at_once__have_one_draw_and_the_others_wait() -> None:
    one, drawn, waited = OneAtATime(), [], []
    together = threading.Barrier(4)

    def ask() -> None:
        together.wait()
        with one("a page") as others:
            (waited if others else drawn).append(1)
            threading.Event().wait(0.05)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(drawn), len(waited)) == (1, 3)
    assert one._drawn == {}, "nothing is kept of what was drawn"
