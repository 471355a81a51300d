"""Editions: what is published, never changed afterwards."""

import re
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from editions.document import json_form
from editions.document.metadata import FICTITIOUS_YEAR, TRANSLATION
from editions.document.model import Document, SectionKind
from editions.document.passages import PassageKind

FROZEN_FIELDS = (
    "identifier", "series", "number", "year", "forum_slug", "document_slug", "title", "language",
    "document", "sha256", "metadata", "published_at",
)  # fmt: skip
"""The columns of an edition that no code and no SQL may change; the rest is its standing, which moves."""

THEME_SLUG = re.compile(r"[a-z0-9-]+")


class Frozen(Exception):
    """Somebody tried to change or delete what an edition fixed. `what` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is frozen: publish a new edition instead")
        self.what = what


class EditionQuerySet(models.QuerySet["Edition"]):
    """`public` is the one definition of what the world may see; nobody filters by hand."""

    def public(self) -> Self:
        return self.filter(withdrawn_at=None)

    def current(self) -> Self:
        """The newest public edition of each document."""
        return self.filter(is_current=True)

    def real(self) -> Self:
        """Of no invented forum."""
        return self.exclude(year=FICTITIOUS_YEAR)

    def at(self, year: int, forum_slug: str, document_slug: str) -> Self:
        return self.filter(year=year, forum_slug=forum_slug, document_slug=document_slug)

    def of_theme(self, slug: str) -> Self:
        """The slug is compared as it stands in the JSON, which the two databases write with and without a space."""
        if not THEME_SLUG.fullmatch(slug):
            return self.none()
        spaced = models.Q(metadata__themes__icontains=f'"slug": "{slug}"')
        return self.filter(spaced | models.Q(metadata__themes__icontains=f'"slug":"{slug}"'))

    def originals(self) -> Self:
        """Without translations, which say what is said already: for what counts and gathers."""
        return self.exclude(metadata__kind=TRANSLATION)

    def translations(self) -> Self:
        return self.filter(metadata__kind=TRANSLATION)

    def with_dois(self) -> Self:
        """`doi` and `series_doi` of each without a query of its own."""
        found = {
            name: Coalesce(Subquery(Doi.objects.filter(name=OuterRef(column)).values("doi")), models.Value(""))
            for name, column in (("doi", "identifier"), ("series_doi", "series"))
        }
        return self.annotate(**found)

    def update(self, **values: Any) -> int:
        if frozen := set(values) & set(FROZEN_FIELDS):
            raise Frozen(", ".join(sorted(frozen)))
        return super().update(**values)

    def delete(self) -> NoReturn:
        raise Frozen("an edition")


class Edition(models.Model):
    """One published text. `series` names the document over all its editions, `identifier` this one.

    `document` and `metadata` are what was true at publication. Title, forum, theme and people are read from here,
    never from the page, which may say something else by now. The standing of an edition (stage, current, withdrawn)
    is the only part that changes, and only `editions.services` changes it.
    """

    identifier = models.CharField(max_length=120, unique=True)
    series = models.CharField(max_length=110, db_index=True)
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField(db_index=True)
    forum_slug = models.SlugField(max_length=80)
    document_slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=16)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    metadata = models.JSONField()
    published_at = models.DateTimeField(db_index=True)

    page = models.ForeignKey(Page, null=True, on_delete=models.PROTECT, related_name="editions")
    stage = models.CharField(max_length=20, db_index=True)
    is_current = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    standing_at = models.DateTimeField(help_text=_("When the stage or visibility last changed."))

    former: "Edition | None" = None
    """The edition whose place this one took. Not stored: only the object that freeze() made knows."""

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["series", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="edition_number_once_a_document"),
            models.UniqueConstraint(
                fields=["series"], condition=models.Q(is_current=True), name="one_current_edition_a_document"
            ),
        ]
        indexes = [models.Index(fields=["year", "forum_slug", "document_slug"])]

    def __str__(self) -> str:
        return self.identifier

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            fields = kwargs.get("update_fields")
            if fields is None or set(fields) & set(FROZEN_FIELDS):
                raise Frozen(self.identifier)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(self.identifier)

    @property
    def content(self) -> Document:
        """The neutral document. Raises UnreadableDocument if the stored JSON is of an unknown version."""
        return json_form.from_json(self.document)

    @property
    def address(self) -> str:
        """Path of the document: its newest public edition stands there."""
        return f"/library/{self.year}/{self.forum_slug}/{self.document_slug}/"

    @property
    def permanent_address(self) -> str:
        """Path of this edition, for ever."""
        return f"{self.address}editions/{self.number}/"

    @property
    def reading_address(self) -> str:
        """Where a reader is sent: the document's address while this edition is the newest, else its own."""
        return self.address if self.is_current else self.permanent_address

    @cached_property
    def doi(self) -> str:
        """Of this edition, or "". Asks the database where the row was read without `with_dois()`."""
        return Doi.objects.of(self.identifier).get(self.identifier, "")

    @cached_property
    def series_doi(self) -> str:
        """Of the document over all its editions, or ""."""
        return Doi.objects.of(self.series).get(self.series, "")

    @property
    def is_public(self) -> bool:
        return self.withdrawn_at is None


class FrozenQuerySet(models.QuerySet[Any]):
    """Rows that are written once."""

    def update(self, **values: Any) -> NoReturn:
        raise Frozen(self.model._meta.verbose_name)

    def delete(self) -> NoReturn:
        raise Frozen(self.model._meta.verbose_name)


class FrozenModel(models.Model):
    """A row that is written once: model, queryset and a database trigger refuse changes."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Frozen(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(str(self))


class PassageQuerySet(FrozenQuerySet):
    def stating(self, kind: SectionKind, editions: EditionQuerySet) -> Self:
        """The numbered passages in blocks of a kind, each with its edition but not the edition's whole text."""
        found = self.filter(section=kind.value, number__gt=0, edition__in=editions)
        return found.select_related("edition").defer("edition__document")


class Passage(FrozenModel):
    """A row per `editions.document.passages.Passage`: what comments, mappings and search hits hold on to."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="passages")
    ordinal = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    anchor = models.CharField(max_length=16)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in PassageKind])
    key = models.CharField(max_length=80)
    path = models.JSONField(default=list)
    section = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=16)

    objects = PassageQuerySet.as_manager()  # type: ignore[misc]  # a narrower one than the base has

    class Meta:
        ordering = ["edition", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "ordinal"], name="passage_ordinal_once"),
            models.UniqueConstraint(fields=["edition", "anchor"], name="passage_anchor_once"),
            models.UniqueConstraint(fields=["edition", "key"], name="passage_key_once"),
        ]

    def __str__(self) -> str:
        return (
            f"{self.edition.identifier} ¶ {self.number}" if self.number else f"{self.edition.identifier} {self.anchor}"
        )

    @property
    def address(self) -> str:
        return f"{self.edition.permanent_address}#{self.anchor}"


class RelationKind(models.TextChoices):
    """How one document follows from another. Read: source `kind` target."""

    CONTINUES = "continues", _("continues")
    SUPERSEDES = "supersedes", _("supersedes")
    MERGED_INTO = "merged_into", _("merged into")
    CORRECTS = "corrects", _("corrects")
    TRANSLATES = "translates", _("is a translation of")


BY_STEPS = frozenset({RelationKind.CORRECTS, RelationKind.TRANSLATES})
"""Relations of two editions that only a step makes: nobody states them by hand."""


class Relation(models.Model):
    """A link between the series of two documents, or between two editions (corrects, supersedes)."""

    kind = models.CharField(max_length=12, choices=RelationKind)
    source = models.CharField(max_length=120, db_index=True, help_text=_("Identifier of a document or an edition."))
    target = models.CharField(max_length=120, db_index=True, help_text=_("Identifier of a document or an edition."))
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "source", "target"], name="relation_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="relation_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()} {self.target}"


class DoiQuerySet(models.QuerySet["Doi"]):
    def of(self, *names: str) -> dict[str, str]:
        """Identifier of a document or an edition -> its DOI, as far as it has one."""
        return dict(self.filter(name__in=names).values_list("name", "doi"))


class Doi(models.Model):
    """The DOI under which a document (over all its editions) or one edition was registered elsewhere.

    It stands beside the edition, for it is given after publication. Only `editions.services` writes it.
    """

    name = models.CharField(max_length=120, unique=True, help_text=_("Identifier of a document or an edition."))
    doi = models.CharField(max_length=200, unique=True)

    objects = DoiQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}: {self.doi}"
