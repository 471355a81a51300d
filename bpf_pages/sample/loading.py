"""Put the sample library into the tree and publish it by real moves. Idempotent, and goes on where it was interrupted:
what exists is found by its place in the tree, and a document is published once.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from bpf_pages.models.fields import as_lines
from bpf_pages.models.forum import ForumPage, ForumPerson
from bpf_pages.models.library import MeetingPage
from bpf_pages.models.outcome import OutcomePage, OutcomePerson, document_code
from bpf_pages.models.standard import StandardPage
from bpf_pages.models.theme import ThemePage
from bpf_pages.sample import about_pages, bodies
from bpf_pages.sample.catalogue import Catalogue, Meeting, Output, Record, read_catalogue
from bpf_pages.sample.overview_2014 import read_overview
from bpf_pages.sample.record_prose import Telling, doubts_about, said_number, session_line
from bpf_pages.tree.fixed_pages import Tree, ensure_tree
from bpf_pages.tree.past_outputs import add_forum, ensure_meeting, ensure_theme, forum_at, loader, record_once
from bpf_pages.wordings.models import LANGUAGES, Wording
from editions.document.identifiers import code_from, series_of
from editions.models import Relation, RelationKind

PROJECT = "BPF Library project"
OVERVIEW_FORUM, OVERVIEW_DOCUMENT, OVERVIEW_YEAR = "all-forums", "overview", 2014
OVERVIEW_SOURCE = (
    "Internet Governance Forum (IGF) 2014, Best Practice Forums, Overview; "
    "signed by the MAG facilitators for the Best Practice Forums process"
)
FORMATS = {str(label): value for value, label in MeetingPage.Format.choices}
HOME_TEXT = (
    "Since 2014 the Best Practice Forums of the Internet Governance Forum have collected practices and written outcome "
    "documents. This library keeps every year's outputs where they can be found, cited paragraph by paragraph, "
    "and followed from one year to the next."
)
LIBRARY_TEXT = "Every annual meeting since 2014, the forums that worked towards it, and what they wrote."
THEMES_TEXT = "Many forums took up the work of an earlier year. A theme follows such a line from its first year on."


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of the work, of which a progress bar shows the name."""

    name: str
    do: Callable[[], Any]


class Loading:
    """The steps that load the library, in order. Each is one transaction and may be done again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue: Catalogue = read_catalogue(folder)

    def steps(self) -> Iterator[Step]:
        yield Step("tree", self.upper_tree)
        yield Step("themes", self.themes)
        yield Step("languages", self.wordings)
        for meeting in self.catalogue.meetings:
            yield Step(f"meeting {meeting.year}", partial(self.meeting, meeting))
        for record in self.catalogue.records:
            yield Step(f"forum {record.id}", partial(self.forum, record))
        yield Step("languages of forums", self.wordings_of_forums)
        yield Step("overview 2014", self.overview)
        for record in self.catalogue.records:
            for output in reversed(record.outputs):  # the main outcome last, so that it is the newest
                if output.joint and output.slug == OVERVIEW_DOCUMENT:
                    continue  # kept whole, by the step before
                name = f"{record.id}/{output.slug}"
                yield Step(name, partial(self.document, record, output))
        yield Step("lineage", self.lineage)

    @cached_property
    def loader(self) -> Any:
        return loader()

    def upper_tree(self) -> Tree:
        tree = ensure_tree()
        for page, text in ((tree.home, HOME_TEXT), (tree.library, LIBRARY_TEXT), (tree.themes, THEMES_TEXT)):
            if not page.introduction:
                page.introduction = text
                page.save()
        for told in about_pages.ALL:
            if not StandardPage.objects.child_of(tree.home).filter(slug=told.slug).exists():
                body = [bodies.text(f"standing/{told.slug}", told.html)]
                page = StandardPage(
                    title=told.title, slug=told.slug, search_description=told.description, body=body
                )  # fmt: skip
                tree.home.add_child(instance=page)
        return tree

    def themes(self) -> None:
        for family in self.catalogue.families:
            ensure_theme(family.slug, family.label, description=family.description)
        for family in self.catalogue.families:
            if family.merged_into:
                target = ThemePage.objects.get(slug=family.merged_into)
                ThemePage.objects.filter(slug=family.slug, merged_into=None).update(merged_into=target)

    @cached_property
    def told(self) -> dict[str, dict[str, dict[str, str]]]:
        """Language -> slug of a page, or record of a forum -> what it is called and says."""
        found: dict[str, dict[str, dict[str, str]]] = json.loads(
            (self.folder / "library-wordings.json").read_text("utf-8")
        )
        return found

    def wordings(self) -> None:
        """Names and descriptions in the other languages; what an editor wrote meanwhile stays."""
        slugs = set().union(*self.told.values())
        self._say({page.slug: page for page in Page.objects.filter(slug__in=slugs, depth__lte=4)})

    def wordings_of_forums(self) -> None:
        self._say({forum.record: forum for forum in ForumPage.objects.exclude(record="")})
        for forum in ForumPage.objects.filter(is_joint=True):
            for language, _name in LANGUAGES:
                with override(language):
                    words = {
                        "title": _("All Best Practice Forums of %(year)s") % {"year": forum.year},
                        "text": _("Documents that speak for all forums of the year at once."),
                    }
                Wording.objects.get_or_create(page=forum, language=language, defaults=words)

    def _say(self, pages: Mapping[str, Page]) -> None:
        for language, rows in self.told.items():
            for name, words in rows.items():
                if name in pages:
                    Wording.objects.get_or_create(page=pages[name], language=language, defaults=words)

    def meeting(self, meeting: Meeting) -> MeetingPage:
        return ensure_meeting(
            meeting.year,
            igf_number=meeting.igf_number,
            city=meeting.city,
            country=meeting.country,
            start=meeting.start,
            end=meeting.end,
            format=FORMATS[meeting.format],
            overarching_theme=meeting.overarching_theme,
            doubts=meeting.doubts,
            source=meeting.source,
        )

    def forum(self, record: Record) -> ForumPage:
        if known := forum_at(record.year, record.slug):
            return known
        self._meeting(record.year)
        earlier = [forum_at(*_place(key)) for key in record.continues]
        return add_forum(
            record.year,
            slug=record.slug,
            themes=ThemePage.objects.filter(slug=record.family),
            title=record.title,
            title_as_set=record.title_as_set,
            former_titles=record.title_as_set,
            scope=record.scope,
            facts=as_lines(facts_of(record)),
            session=session_line(record.session),
            doubts=as_lines(doubts_about(record)),
            sources=as_lines(record.sources),
            address=record.known.forum_address,
            mailing_list=record.known.mailing_list,
            record=record.id,
            people=[ForumPerson(name=p.name, role=p.role, source=p.source) for p in record.people],
            continues=[forum for forum in earlier if forum],
        )

    def document(self, record: Record, output: Output) -> None:
        forum = self._joint_forum(record.year) if output.joint else self.forum(record)
        telling = Telling(self.catalogue, record, output)
        name = f"{record.id}/{output.slug}"
        is_main = output is record.main
        stated = [bodies.stated(name, n, *block) for n, block in enumerate(telling.stated())]
        page = OutcomePage(
            title=output.title if output.joint else record.full_title(output),
            slug=output.slug,
            subtitle="" if output.joint else telling.subtitle,
            summary=telling.summary,
            kind=output.kind,
            body=[
                bodies.text(f"{name}/opening", telling.opening()),
                *stated,
                bodies.text(name, telling.closing()),
                bodies.references(name, telling.sources),
            ],
            authors=PROJECT,
            sources=as_lines(telling.sources),
            record="" if output.joint else record.id,
            is_project_summary=True,
            former_titles=output.listed_as,
            original_date=output.date,
            original_address=output.original.address,
            original_kind=output.original.kind,
            original_remark=output.original.remark,
            people=[OutcomePerson(name=p.name, role=p.role, source=p.source) for p in record.people] if is_main else [],
            live=False,
        )
        self._publish(forum, page, telling.sources[0])

    def lineage(self) -> None:
        """Say which outcome continues which. Where the theme changes on the way, the earlier work merged into it."""
        for record in self.catalogue.records:
            for key in record.continues:
                earlier, later = self.catalogue.by_id[key], record
                if earlier.family == later.family:
                    kind, source, target = RelationKind.CONTINUES, later, earlier
                else:
                    kind, source, target = RelationKind.MERGED_INTO, earlier, later
                Relation.objects.get_or_create(kind=kind, source=_main_series(source), target=_main_series(target))

    def overview(self) -> None:
        overview = read_overview((self.folder / "igf-2014-bpf-overview.txt").read_text("utf-8"))
        people = [{"name": p.name, "role": p.role, "organisation": p.organisation} for p in overview.signatories]
        name = f"{OVERVIEW_YEAR}/{OVERVIEW_DOCUMENT}"
        listed = next(
            output.original
            for record in self.catalogue.of_year(OVERVIEW_YEAR)
            for output in record.outputs
            if output.joint and output.slug == OVERVIEW_DOCUMENT
        )
        signed = [
            {"id": bodies.uuid(f"{name}/{n}"), "type": "item", "value": bodies.person(**p)}
            for n, p in enumerate(people)
        ]
        page = OutcomePage(
            title=overview.title,
            slug=OVERVIEW_DOCUMENT,
            summary="How the five Best Practice Forums of 2014 came about, how they worked, and what they left open.",
            kind="overview",
            body=[
                bodies.text(name, overview.html),
                bodies.block("contributors", name, {"title": overview.signed_as, "body": [], "people": signed}),
            ],
            authors=overview.signed_as,
            sources=as_lines([OVERVIEW_SOURCE, listed.address]),
            original_address=listed.address,
            original_kind=listed.kind,
            original_remark=listed.remark,
            people=[OutcomePerson(**person) for person in people],
            live=False,
        )
        self._publish(self._joint_forum(OVERVIEW_YEAR), page, OVERVIEW_SOURCE)

    def _joint_forum(self, year: int) -> ForumPage:
        """The place of what speaks for all forums of a year."""
        if known := forum_at(year, OVERVIEW_FORUM):
            return known
        records = self.catalogue.of_year(year)
        self._meeting(year)
        return add_forum(
            year,
            slug=OVERVIEW_FORUM,
            themes=ThemePage.objects.filter(slug__in=[record.family for record in records]),
            code="ALL",
            title=f"All Best Practice Forums of {year}",
            is_joint=True,
            scope=f"Documents that speak for all {said_number(len(records))} forums of the year at once.",
            sources=OVERVIEW_SOURCE if year == OVERVIEW_YEAR else "",
        )

    def _meeting(self, year: int) -> MeetingPage:
        return self.meeting(self.catalogue.by_year[year])

    def _publish(self, forum: ForumPage, page: OutcomePage, source: str) -> None:
        """Put the page below its forum and record it, unless that was done; an editor's own changes are left alone."""
        known = OutcomePage.objects.child_of(forum).filter(slug=page.slug).first()
        if known is None:
            known = forum.add_child(instance=page)
        record_once(known, self.loader, public_source=source)


def load(folder: Path, tell: Callable[[str, int, int], None]) -> None:
    """Do every step. tell: called before each with its name, its place from 0, and the number of all steps."""
    steps = list(Loading(folder).steps())
    for place, step in enumerate(steps):
        tell(step.name, place, len(steps))
        with transaction.atomic():
            step.do()


def facts_of(record: Record) -> Iterator[str]:
    """The lines of a forum's page: what the catalogue notes, what happened when, what was only announced."""
    yield from record.facts
    announcing = [row for row in record.known.dates if record.announced and "output" in row.what]
    for row in record.known.dates:
        if row not in announcing:
            yield f"{row.date}: {row.what} ({row.source})"
    if record.announced:
        yield " ".join([record.announced, *(f"({row.source})" for row in announcing)])


def _main_series(record: Record) -> str:
    """The document that stands for a forum."""
    return series_of(record.year, code_from(record.slug), document_code(record.main.slug))


def _place(record_id: str) -> tuple[int, str]:
    year, slug = record_id.split("-", 1)
    return int(year), slug
