"""What pages ask by prepared queries is what Django's own would answer, for every one of them."""

import sys
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db.models import Model, QuerySet
from django.test import Client
from django.utils import timezone

from api.usage.models import UsageCount
from bpf_pages.link_rows.models import OutsideLink
from bpf_pages.models.standard import StandardPage
from bpf_pages.tree.fixed_pages import ensure_tree
from bpf_pages.wordings.models import Wording
from bpf_site.stored_pages.store import ROOMS
from consultation.consensus.models import Declaration, Dissent
from core.prepared_queries import Prepared
from editions.models import Edition, Relation, RelationKind
from editions.translations import translations_of
from pdf.printing.models import Printing, Seal, Status
from search.engines import registry as engines
from search.facets.models import FacetValue
from search.indexing import rebuild
from search.tuning import stored_synonyms
from tests.consultation.stories import begun
from tests.factories import MeetingPageFactory, ProcessFactory, ThemePageFactory, _root
from tests.people import make_people
from workflow.attachments.services import attach
from workflow.sessions.models import Session
from workflow.transitions.models import Process

pytestmark = pytest.mark.django_db


def plain(row: Any) -> Any:
    """All that is known of a row, prefetched rows and annotations too."""
    if isinstance(row, Model):
        return type(row), plain({name: value for name, value in vars(row).items() if name != "_state"})
    if isinstance(row, dict):
        return {name: plain(value) for name, value in row.items()}
    return [plain(each) for each in row] if isinstance(row, QuerySet) else row


def test_pages_of_documents__every_prepared_query_answers_as_django_would(monkeypatch, settings, tmp_path) -> None:
    with_rows: Counter[str] = Counter()
    asked: set[str] = set()
    ask = Prepared.__call__

    def compared(self: Prepared[Any, Any], *args: Any, **named: Any) -> list[Any]:
        rows = ask(self, *args, **named)
        assert [plain(row) for row in rows] == [plain(row) for row in self.unprepared(*args, **named)]
        asked.add(name_of(self))
        with_rows[name_of(self)] += bool(rows)
        return rows

    monkeypatch.setattr(Prepared, "__call__", compared)
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    addresses = library_with_everything()
    rebuild.rebuild()
    for address in addresses:
        for prefix in ("", "/ar"):
            assert Client().get(f"{prefix}{address}").status_code == 200
    made = {
        name_of(each)
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] in ROOMS
        for each in vars(module).values()
        if type(each) is Prepared
    }
    engines.get("tantivy").close()
    assert made - asked == set()
    assert {name for name in asked if not with_rows[name]} == set()


def name_of(query: Prepared[Any, Any]) -> str:
    return f"{query.__module__}.{query.__qualname__}"


def library_with_everything() -> list[str]:
    """Of each kind of row that the page of a document may show at least one. Answers with addresses of pages."""
    _root()
    ensure_tree()
    people = make_people()
    MeetingPageFactory(year=2098)
    ThemePageFactory(title="Lamps")
    stored_synonyms.seed()
    FacetValue.objects.create(facet="forum", value="lamps", label="Lamps")
    document = begun(people)
    document.published("A first fictitious remark.")
    process, edition = Process.objects.get(pk=document.process.pk), document.edition
    others = [_published(ProcessFactory(forum=people.forum, at="final")) for _ in range(2)]
    Relation.objects.create(kind=RelationKind.CONTINUES, source=edition.series, target=others[0].series)
    translates = Relation.objects.create(
        kind=RelationKind.TRANSLATES, source=others[1].identifier, target=edition.identifier
    )
    assert translations_of([edition]) == [others[1]]
    translates.delete()  # a page would look into its metadata too
    OutsideLink.objects.create(address="https://example.org/a", archive_address="https://example.org/archived")
    assert OutsideLink.objects.archive_of("https://example.org/a") == "https://example.org/archived"
    assert OutsideLink.objects.archive_of("https://example.org/b") == ""
    now = timezone.now()
    printing = Printing.objects.create(edition=edition, stage=edition.stage, is_current=True, status=Status.PRINTED)
    Seal.objects.create(printing=printing, status=Status.PRINTED)
    attach(
        process,
        ContentFile(b"Fictitious.", "notes.txt"),
        title="Notes",
        by=people["facilitator"],
        at=now,
        is_public=True,
    )
    UsageCount.objects.create(edition=edition, month=date(2099, 1, 1), pages=3, files=1)
    Declaration.objects.create(
        process=process,
        edition=edition,
        edition_sha256=edition.sha256,
        by_name="Ficta",
        role="facilitator",
        at=now,
        grounds="None.",
    )
    Dissent.objects.create(process=process, holder="Lamp League", statement="Not so.", at=now)
    Session.objects.create(title="Lamps", starts=now, place="Online").documents.add(process)
    for page in (people.forum, *StandardPage.objects.all()[:1]):
        Wording.objects.create(page=page, language="ar", title="Fictitious")
    return [
        edition.address,
        edition.permanent_address,
        f"{edition.address}history/",
        people.forum.url,
        others[0].address,
        "/search/?q=lamp",
    ]


def _published(process: Process) -> Edition:
    return Edition.objects.get(series=process.series)
