"""Fixtures of the whole suite. The network is cut off: a test that calls a third party fails."""

import gc
import json
import os
import re
import socket
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("SEARCH_EMBEDDER", "")  # for the processes that tests start: the model costs them seconds

import pytest
from hypothesis import HealthCheck, settings

from tests.migrated_database import begin_from_copy
from tests.restoring import let_drop_pass, let_restore

# Timings belong to `make bench`: a loaded machine must not fail a property. CI draws the same examples at every run.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("suite")

TOGETHER = (
    "tests/search_parity/",  # one node, whose indexes two workers would change under each other
    "tests/api/developers/test_developers.py", "tests/api/test_http.py", "tests/api/test_leaks.py",
    "tests/api/v1/test_clients.py", "tests/api/v1/test_exports.py", "tests/api/v1/test_v1.py",
    "tests/bpf_pages/sample/test_loading.py", "tests/load/", "tests/pdf/every_form/",
    "tests/pdf/test_conformance.py",
    "tests/workflow/test_seams.py",
)  # fmt: skip
"""Tests that stay on one worker: those of one server, those that measure, and those that share what takes seconds to
make."""

LONG = {
    "test_accessible.py", "test_axe.py", "test_12_access.py", "test_bytes.py", "test_catalogue.py",
    "test_copy_database.py", "test_hostile.py", "test_library_archive.py", "test_shared_cache.py",
    "test_life_of_a_forum.py", "test_two_hosts.py", "test_workflow_by_keyboard.py",
}  # fmt: skip
"""Files with tests of ten seconds and more. They begin first, so that no worker ends long after the others."""

ONCE = (
    "tests/accounts/test_changes.py", "tests/accounts/test_sign_in.py", "tests/accounts/test_single_sign_on.py",
    "tests/accounts/test_who_reaches_what.py", "tests/api/calendar/", "tests/api/citations/", "tests/api/developers/",
    "tests/api/feeds/", "tests/api/test_http.py", "tests/api/test_leaks.py", "tests/api/v1/test_clients.py",
    "tests/api/v1/test_exports.py", "tests/api/v1/test_v1.py::test_chance", "tests/bpf_pages/archives/",
    "tests/bpf_pages/catalogues/", "tests/bpf_pages/importing/test_budget.py",
    "tests/bpf_pages/importing/test_importing.py", "tests/bpf_pages/importing/test_paste.py",
    "tests/bpf_pages/listings/test_documents.py::test_page__when", "tests/bpf_pages/link_checks/",
    "tests/bpf_pages/provenance/", "tests/bpf_pages/reading/", "tests/bpf_pages/sample/",
    "tests/bpf_pages/statistics/", "tests/bpf_pages/tree/", "tests/consultation/board/",
    "tests/consultation/comments/test_margin.py", "tests/consultation/consensus/test_challenges.py",
    "tests/consultation/reports/", "tests/consultation/submissions/test_spam.py",
    "tests/consultation/test_07_injection.py", "tests/consultation/test_10_authorisation.py",
    "tests/consultation/test_queries.py", "tests/consultation/word_comments/", "tests/core/test_datetimes.py",
    "tests/files/test_images.py", "tests/files/test_object_store.py", "tests/files/test_who_reads_what.py",
    "tests/gate/test_public_forms.py", "tests/journeys/test_clicks.py",
    "tests/pdf/cards/", "tests/pdf/printing/test_briefs_and_yearbooks.py",
    "tests/pdf/test_", "tests/search/evaluation/", "tests/search/meaning/", "tests/search/answering/test_answer.py",
    "tests/search_parity/test_bench.py", "tests/search_parity/test_evaluation.py",
    "tests/search_parity/test_library.py", "tests/search_parity/test_parity.py",
    "tests/search_parity/test_too_much.py", "tests/site/monitoring/",
    "tests/site/operations/test_backups.py::test_place_that_was_filled",
    "tests/site/operations/test_library_archive.py::test_a_damaged",
    "tests/site/operations/test_library_archive.py::test_a_name",
    "tests/site/operations/test_library_archive.py::test_an_archive__comes_into_no",
    "tests/site/operations/test_library_archive.py::test_an_archive__is_written",
    "tests/site/operations/test_library_archive.py::test_an_archive_that",
    "tests/site/operations/test_library_archive.py::test_comments",
    "tests/site/operations/test_library_archive.py::test_every_column",
    "tests/site/operations/test_library_archive.py::test_secrets", "tests/site/operations/test_shared_cache.py",
    "tests/site/test_admin_languages.py",
    "tests/site/test_crawl.py", "tests/site/test_docs.py", "tests/site/test_languages.py", "tests/site/web/",
    "tests/workflow/access/test_forum_files.py", "tests/workflow/access/test_other_forums.py",
    "tests/workflow/access/test_who_sees_what.py", "tests/workflow/draft_links/",
    "tests/workflow/editor/test_editor.py", "tests/workflow/editor/test_stale_saves.py",
    "tests/workflow/editor/test_two_tabs.py::test_saving__", "tests/workflow/explanation/", "tests/workflow/history/",
    "tests/workflow/notices/test_mailing_lists.py", "tests/workflow/sessions/",
    "tests/workflow/test_failures_of_others.py", "tests/workflow/test_failures_of_plone.py",
    "tests/workflow/test_mends.py", "tests/workflow/test_traps.py",
    "tests/workflow/transitions/test_closed_routes.py",
)  # fmt: skip
"""Tests that use the database and say nothing about it: like those in a browser, they run on one kind of it."""

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}

LOCAL = {"127.0.0.1", "::1", "localhost"}

OF_LOAD = re.compile(rb"\bmark\.load\b")


def pytest_report_header() -> list[str]:
    """The servers that this run proves something about."""
    said = [f"database: {os.environ.get('DATABASE_URL', 'sqlite:').partition(':')[0]}"]
    for url in filter(None, os.environ.get("ELASTICSEARCH_URL", "").split(",")):
        try:
            with urllib.request.urlopen(f"{url}/_nodes?filter_path=nodes.*.version", timeout=5) as answer:
                versions = {node["version"] for node in json.load(answer)["nodes"].values()}
        except OSError as error:
            versions = {f"does not answer: {error}"}
        said.append(f"Elasticsearch {', '.join(sorted(versions))} at {url}")
    return said


LEFT_OUT = (
    "LibreOffice is not installed", "could not import 'weasyprint'",  # `make round-trips` and `make bench` have them
    "CRANFIELD does not name",  # nobody may hand that collection on
    "the registry of npm does not answer",  # the one outside service whose absence says nothing about the library
    "files of a server", "a file of SQLite", "a setting of PostgreSQL", "two hosts need PostgreSQL",  # the other run
)  # fmt: skip
"""Why a test may be skipped where the machine was made for the whole suite (`.ci/run`)."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A tool that is missed there is a fault of the machine: no validator is left out without a word."""
    report: Any = yield  # type: ignore[misc]
    if report.skipped and "CI" in os.environ and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2])
        if not any(each in reason for each in LEFT_OUT):
            report.outcome, report.longrepr = "failed", f"left out in CI: {reason}"
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Groups by path, for `--dist loadgroup`.

    Workaround, seen with pytest 9.2.0 and pytest-xdist 3.8.0: the marker xdist_group is written into an attribute of
    the test that pytest no longer reads, so that every group is torn apart without a word.
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByPath(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((path for path in TOGETHER if nodeid.startswith(path)), nodeid)

    if config.getvalue("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False  # the order is that of the collection
    return ByPath(config, log)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`make test-load` loads no file without such a test: sixteen tests would wait for the seven thousand others."""
    if config.option.markexpr != "load" or collection_path.suffix != ".py" or collection_path.name == "conftest.py":
        return None
    return None if _names_load(collection_path) else True


def _names_load(path: Path) -> bool:
    return bool(OF_LOAD.search(path.read_bytes()))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """What may touch the database is marked, for the run on PostgreSQL; tests that may share rows stand together."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)
        if item.nodeid.startswith(ONCE) or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.once)
        if item.get_closest_marker("load") and not _names_load(item.path):
            raise pytest.UsageError(f"{item.path}: `make test-load` would not load it; write pytest.mark.load in it")
    items.sort(key=lambda item: not _begins_with_people(item))  # those that share rows stand together
    yield
    # pytest-django has put like with like. Long tests and those that stay together begin before all others,
    # transactional or not: one worker would be at them long after the rest has ended.
    items.sort(key=lambda item: item.path.name not in LONG and not item.nodeid.startswith(TOGETHER))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture of a test that meets the database and shares nothing, what others shared goes."""
    if "tests.people" not in sys.modules or _begins_with_people(item) or not item.get_closest_marker("database"):
        return
    from pytest_django.plugin import blocking_manager_key

    from tests.people import shared_people

    with item.config.stash[blocking_manager_key].unblock():
        shared_people.end()


def _is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    return bool((marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & names)


def pytest_collection_finish() -> None:
    """What was loaded so far stays to the end: the garbage collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _begins_with_people(item: pytest.Item) -> bool:
    """Whether a test meets the people that others share. One whose module holds rows of its own meets new ones."""
    if "people" not in getattr(item, "fixturenames", ()) or _is_transactional(item):
        return False
    fixtures = [found[-1] for found in item._fixtureinfo.name2fixturedefs.values()]  # type: ignore[attr-defined]
    return not any(each.scope == "module" and "django_db_blocker" in each.argnames for each in fixtures)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> None:
    """What tests share is there before pytest-django opens the transaction of one."""
    if fixturedef.argname == "_django_db_helper" and _begins_with_people(request.node):
        from tests.people import shared_people  # the page types load Wagtail: only for tests that need them

        request.getfixturevalue("nothing_shared_at_the_end")
        with request.getfixturevalue("django_db_blocker").unblock():
            shared_people.begin()


@pytest.fixture(scope="session")
def nothing_shared_at_the_end(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    yield
    from tests.people import shared_people

    with django_db_blocker.unblock():
        shared_people.end()


@pytest.fixture(autouse=True)
def in_the_language_of_the_site() -> None:
    """A request leaves its language and time zone on in the thread that answered it."""
    from django.conf import settings as of_the_site
    from django.utils import timezone, translation

    translation.activate(of_the_site.LANGUAGE_CODE)
    timezone.deactivate()


@pytest.fixture(autouse=True)
def nothing_cached() -> Iterator[None]:
    """Rows are rolled back and their numbers given again; what is kept under a number would be another row's."""
    yield
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise AssertionError(f"a test tried to reach {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django asks for this before it makes the database."""
    begin_from_copy()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A file of SQLite goes with the folder of the run; asked to begin anew, Django would throw the copy away."""
    from django.db import connection

    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """pytest-django's, after which what the migrations left is kept for those tests that roll nothing back."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        with django_db_blocker.unblock():
            let_restore(monkeypatch)
        yield


@pytest.fixture(scope="session", autouse=True)
def drop_what_others_use() -> Iterator[None]:
    """At the very end, after pytest-django's own."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        let_drop_pass(monkeypatch)
        yield


@pytest.fixture(scope="session", autouse=True)
def words_printed_once() -> Iterator[None]:
    """Most tests publish the same few words under another title: each process prints them once for trial.

    A trial takes a fourteenth of what the suite costs. Where a test breaks the printing, it is broken for every word.
    """
    if "pdf.printing.guards" not in sys.modules:
        yield
        return
    from editions.document import json_form
    from pdf.printing import guards

    trial_failure, render = guards.trial_failure, guards.render
    printed: set[bytes] = set()

    def unless_printed(draft: Any) -> str:
        words = re.sub(rb'"key":"[^"]*"', b"", json_form.canonical_bytes(replace(draft.document, title="")))
        if guards.render is render and words in printed:
            return ""
        failure = trial_failure(draft)
        if guards.render is render and not failure:
            printed.add(words)
        return failure

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(guards, "trial_failure", unless_printed)
        yield


@pytest.fixture(scope="session", autouse=True)
def states_stay_protected() -> Iterator[None]:
    """django-fsm-2 lifts the protection of a field while it reloads a row, and for good if the row is gone."""
    yield
    from workflow.forums.models import Forum
    from workflow.transitions.models import Process

    for model in (Process, Forum):
        assert model._meta.get_field("state").protected, f"{model.__name__}.state was left unprotected by some test"


@pytest.fixture
def people(db: None, request: pytest.FixtureRequest) -> Any:
    """A forum with one person in each role, people of another forum, and somebody without any role."""
    from tests.people import make_people, shared_people

    return shared_people.fetch() if _begins_with_people(request.node) else make_people()
