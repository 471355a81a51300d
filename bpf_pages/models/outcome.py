"""An outcome document: the working text. The world reads editions of it."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from bpf_pages.blocks.body import DocumentBody
from bpf_pages.conversion.blocks_to_document import to_document
from bpf_pages.conversion.link_targets import site_address
from bpf_pages.conversion.rewording import NotHere, OneLineOnly, reworded
from bpf_pages.models.fields import ADDRESS_PART, LANGUAGES, LinesField, PersonFields, is_web_address, lines_of
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.library import MeetingPage
from bpf_pages.models.page_forms import MergingForm
from bpf_pages.rendering import labels
from bpf_pages.rendering.draft_preview import MODES, serve_draft
from core.http import site_urls
from core.partial_dates import PARTIAL_DATE
from core.plain_text import tidy_line
from editions.document.identifiers import code_from, series_of
from editions.document.metadata import TRANSLATION, Person
from editions.document.model import Document, Run
from editions.document.passages import Passage, passages, plain
from editions.models import Edition
from editions.services import Draft
from files.images.published import kept_file
from workflow.transitions.governed_pages import CannotReword, GovernedPage

MAIN_DOCUMENT = "outcome"
"""Slug of a forum's main document, whose identifier carries no document code: BPF-2014-SPAM-E1."""


class OutcomePage(GovernedPage):
    language = models.CharField(_("language"), max_length=16, choices=LANGUAGES, default="en")
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    summary = models.TextField(
        _("summary"), blank=True, max_length=2000,
        help_text=_("One paragraph in plain words, for lists, search and a newcomer."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=list(labels.KINDS.items()), default="outcome")
    body = StreamField(
        DocumentBody(), blank=True, verbose_name=_("text"),
        help_text=_(
            "Every paragraph, list item and row gets a number that readers cite and comment on. For a footnote, write "
            "it where its mark belongs, select it and press “fn”. For words in another language, select them and press "
            "the letters of the language."
        ),
    )  # fmt: skip
    former_titles = LinesField(_("former titles"), help_text=_("One a line."))
    authors = LinesField(
        _("corporate authors"), help_text=_("One a line. Empty: “IGF Best Practice Forum on” and the forum's title.")
    )
    sources = LinesField(
        _("public sources"), help_text=_("One a line: where an output adopted elsewhere can be found.")
    )
    original_date = models.CharField(
        _("first published"), max_length=10, blank=True, validators=[PARTIAL_DATE],
        help_text=_(
            "Of an output that was adopted elsewhere: the year, month or day as a source tells it, 2015-11-20. Shown "
            "and cited in place of the day on which it came into this library."
        ),
    )  # fmt: skip
    original_address = models.URLField(
        _("address of the original"), max_length=1000, blank=True, help_text=_("Where readers find the output itself.")
    )
    original_kind = models.CharField(
        _("what stands there"), max_length=10, blank=True, choices=list(labels.ORIGINALS.items())
    )
    original_remark = models.CharField(
        _("remark on the original"), max_length=500, blank=True,
        help_text=_("Such as further addresses, or what was not found. Addresses in it become links."),
    )  # fmt: skip
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    record = models.CharField(_("id in the sample library"), max_length=60, blank=True)
    translates = models.CharField(
        _("translates"), max_length=120, blank=True, editable=False,
        help_text=_("Identifier of the edition whose text this says in another language."),
    )  # fmt: skip
    is_project_summary = models.BooleanField(
        _("written by this library's project"), default=False,
        help_text=_("The text tells about an output in this project's words; it is not the forum's own text."),
    )  # fmt: skip

    content_panels = [
        *GovernedPage.content_panels,
        FieldPanel("subtitle"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("kind")]),
        FieldPanel("summary"),
        FieldPanel("body"),
        InlinePanel("people", heading=_("People named on the title page"), label=_("Person")),
        MultiFieldPanel(
            [
                FieldPanel("former_titles"),
                FieldPanel("authors"),
                FieldRowPanel([FieldPanel("original_date"), FieldPanel("original_kind")]),
                FieldPanel("original_address"),
                FieldPanel("original_remark"),
                FieldPanel("sources"),
                FieldPanel("licence"),
                FieldPanel("is_project_summary"),
            ],
            _("Record"),
        ),
    ]
    base_form_class = MergingForm
    search_fields = [
        *GovernedPage.search_fields,
        index.AutocompleteField("parts_of_identifier"),
        index.AutocompleteField("draft_words"),
    ]
    """Of the admin's search alone, which shows nobody more than the explorer does; the public's reads editions."""
    parent_page_types = ["bpf_pages.ForumPage"]
    subpage_types: list[str] = []
    template = "bpf_pages/reading/edition.html"

    class Meta:
        verbose_name = _("outcome document")

    @cached_property
    def forum(self) -> ForumPage:
        return ForumPage.objects.ancestor_of(self).get()

    @property
    def document_code(self) -> str:
        return document_code(self.slug)

    @property
    def series(self) -> str:
        forum = self.forum
        return series_of(forum.meeting.year, forum.code, self.document_code)

    @property
    def parts_of_identifier(self) -> str:
        """For the admin's search, which looks for each part by itself: PostgreSQL takes `-2099` for a number."""
        return self.series.replace("-", " ")

    @property
    def draft_words(self) -> str:
        """What the newest draft says, for the admin's search: a draft that nobody finds is written twice."""
        newest = self.get_latest_revision_as_object()
        words = [newest.title, newest.subtitle, newest.summary]
        return "\n".join([*words, *(passage.text for passage in passages(newest.as_document()))])

    def clean(self) -> None:
        super().clean()
        ADDRESS_PART(self.slug)
        if self.translates and self.language == self._original_language():
            raise ValidationError({"language": _("The original is in this language.")})
        if self.document_code != "" and len(self.document_code) < 2:
            raise ValidationError({"slug": _("Use at least two letters or digits: the slug becomes an identifier.")})
        if not self.path:
            return
        others = OutcomePage.objects.sibling_of(self, inclusive=False)
        if self.document_code in {other.document_code for other in others.only("slug", "path", "depth")}:
            message = _("Another document of this forum would get the same identifier; choose a different slug.")
            raise ValidationError({"slug": message})

    def _original_language(self) -> str:
        return Edition.objects.filter(identifier=self.translates).values_list("language", flat=True).first() or ""

    def as_document(self) -> Document:
        return to_document(
            self.body,
            title=self.title,
            subtitle=self.subtitle,
            language=self.language,
            resolve=site_address,
            figure_file=kept_file,
        )

    def reword(self, key: str, wording: str) -> None:
        field = self._meta.get_field("body")
        before = list(passages(self.as_document()))
        kept = self.body
        try:
            stored = reworded(kept.get_prep_value(), key, wording)
        except NotHere as error:
            raise CannotReword(_("The words of this paragraph stand in several fields; change them there.")) from error
        except OneLineOnly as error:
            raise CannotReword(_("Here only one line can stand, without paragraphs behind it.")) from error
        self.body = field.to_python(json.dumps(stored))
        if not _differs_there_alone(before, list(passages(self.as_document())), key, wording):
            self.body = kept
            raise CannotReword(_("These words cannot be written into this paragraph from here; change them there."))

    def to_draft(self) -> Draft:
        forum = self.forum
        meeting = forum.meeting
        return Draft(
            series=series_of(meeting.year, forum.code, self.document_code),
            year=meeting.year,
            forum_slug=forum.slug,
            document_slug=self.slug,
            document=self.as_document(),
            metadata={
                "document_slug": self.slug,
                "subtitle": self.subtitle,
                "summary": tidy_line(self.summary),
                "kind": TRANSLATION if self.translates else self.kind,
                "meeting": meeting.as_metadata(),
                "forum": forum.as_metadata(),
                "themes": forum.themes_as_metadata(),
                "authors": lines_of(self.authors) or [_author(forum, meeting)],
                "people": [_person(person) for person in self.people.all()],
                "sources": lines_of(self.sources),
                "original_date": self.original_date,
                "original_address": self.original_address,
                "original_kind": self.original_kind if self.original_address else "",
                "original_remark": self.original_remark,
                "record": self.record,
                "recorded": False,
                "fictitious": meeting.is_fictitious,
                "project_summary": self.is_project_summary,
                "licence": self.licence,
                "former_titles": lines_of(self.former_titles),
                **({"translation_of": self.translates} if self.translates else {}),
            },
        )

    def answers(self) -> dict[str, str]:
        """For recording what was adopted elsewhere."""
        source = next(iter(lines_of(self.sources)), self.original_address)
        if self.translates:
            source = site_urls.absolute(f"/id/{self.translates}")
        return {"public_source": source, "original_date": self.original_date}

    def take_over(self, data: Mapping[str, Any]) -> dict[str, Any]:
        if "original_date" not in data:
            return {}
        self.original_date = data["original_date"] or ""
        source = data.get("public_source") or ""
        if not self.original_address and not self.translates and is_web_address(source):
            self.original_address = source  # so that readers are not told that none is known
        return {"original_date": self.original_date, "original_address": self.original_address}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return serve_draft(request, self, self.to_draft(), mode_name)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return MODES


def _differs_there_alone(before: list[Passage], after: list[Passage], key: str, wording: str) -> bool:
    """Whether one text is the other with these words at this passage, and the same everywhere else."""
    lines = [plain((Run(line),)) for line in wording.split("\n") if line.strip()]
    at = next((place for place, passage in enumerate(before) if passage.key == key), None)
    if at is None or not lines:
        return False
    texts = [passage.text for passage in before]
    texts[at : at + 1] = lines
    return [passage.text for passage in after] == texts and len({passage.key for passage in after}) == len(after)


def document_code(slug: str) -> str:
    """The part of an identifier that names the document within its forum. A translation of the main document is named
    by its language: BPF-2014-SPAM-FR-E1."""
    if slug == MAIN_DOCUMENT:
        return ""
    main, _hyphen, language = slug.rpartition("-")
    return code_from(language if main == MAIN_DOCUMENT and language in dict(LANGUAGES) else slug)


def _author(forum: ForumPage, meeting: MeetingPage) -> str:
    """The forum as corporate author. An invented forum does not carry the name of the IGF."""
    prefix = "Fictitious Best Practice Forum on" if meeting.is_fictitious else "IGF Best Practice Forum on"
    return f"{prefix} {forum.title}"


def _person(person: PersonFields) -> Person:
    return Person(name=person.name, role=person.role, organisation=person.organisation, source=person.source)


class OutcomePerson(PersonFields, Orderable):
    page = ParentalKey(OutcomePage, on_delete=models.CASCADE, related_name="people")
