"""A translation is a draft of the same forum, begun as a copy of the text from which an edition was made.

The copy keeps the keys of its paragraphs, so a paragraph that is written over still corresponds to the one it
translates. When the original has a newer edition, what changed in it is brought into the translation by the same merge
that brings two saves together: what changed stands before the translation of what it was, with a mark.
"""

import json
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpf_pages.conversion.merging import Writer, merge_fields
from bpf_pages.models.fields import LANGUAGES
from bpf_pages.models.outcome import OutcomePage, OutcomePerson
from bpf_pages.models.shapes import shape_of_field
from core.datetimes import in_words
from editions.document import json_form
from editions.document.identifiers import slug_with
from editions.document.model import SectionKind, without_sections
from editions.models import Edition
from workflow.states import State
from workflow.transitions.governed_pages import governed
from workflow.transitions.services import process_of

MOST_TRIED = 50
"""Revisions that are looked at for the text of an edition, the newest first."""


def translatable(page: OutcomePage) -> list[Edition]:
    """The public outcomes of a document, the newest first. A translation is not translated: its original is."""
    if page.translates:
        return []
    found = Edition.objects.filter(page=page, stage=State.FINAL).public().defer("document")
    return list(found.order_by("-number"))


def translations_in_work(page: OutcomePage) -> list[OutcomePage]:
    """Every translation of a document that an editor began, published or not, by language."""
    series = process_of(page).series
    beside = OutcomePage.objects.sibling_of(page, inclusive=False).exclude(translates="").select_related("process")
    own = {edition.identifier for edition in Edition.objects.filter(series=series).only("identifier")}
    return sorted((each for each in beside if each.translates in own), key=lambda each: each.language)


def languages_for(page: OutcomePage) -> list[tuple[str, Any]]:
    """Languages that a document does not speak yet."""
    taken = {page.language, *(each.language for each in translations_in_work(page))}
    return [(code, name) for code, name in LANGUAGES if code not in taken]


@transaction.atomic
def begin(page: OutcomePage, edition: Edition, language: str, *, user: Any) -> OutcomePage:
    """A new draft beside the original, with its words still to be written over. Raises ValidationError where the
    document has a translation in the language, or the text of the edition is not kept any more."""
    if language not in dict(languages_for(page)):
        raise ValidationError(_("This document has a translation in that language already."))
    text = text_of(page, edition)
    copy = OutcomePage(
        title=text.title, slug=slug_with(page.slug, language), language=language, live=False, subtitle=text.subtitle,
        summary=text.summary, kind=text.kind, authors=text.authors, licence=text.licence, sources=text.sources,
        is_project_summary=text.is_project_summary, translates=edition.identifier,
    )  # fmt: skip
    copy.body = _stream(text.body.get_prep_value())
    copy.people.set([_copied(person) for person in text.people.all()])
    page.get_parent().add_child(instance=copy)
    process_of(copy)
    copy.save_revision(user=user, log_action=True)
    return copy


@transaction.atomic
def renew(page: OutcomePage, edition: Edition, *, user: Any, at: datetime) -> int:
    """Bring a draft of a translation up to a newer edition of its original. Answers how many paragraphs changed and
    wait to be translated again: they stand in the new words, the former translation behind them with a mark."""
    locked = governed(page.pk, lock=True)
    if locked is None:
        raise ValidationError(_("The document was deleted meanwhile."))
    draft: OutcomePage = locked.get_latest_revision_as_object()
    former = Edition.objects.get(identifier=draft.translates)
    original = former.page.specific if former.page else None
    if not isinstance(original, OutcomePage):
        raise ValidationError(NOT_KEPT % former.identifier)
    shape = {"body": shape_of_field(OutcomePage._meta.get_field("body"))}
    base, theirs, mine = (
        {"body": each.body.get_prep_value()} for each in (text_of(original, former), text_of(original, edition), draft)
    )
    writer = Writer(f"translation-{draft.language}", f"{_('former translation')}, {in_words(at)}")
    merged = merge_fields(shape, base, theirs, mine, writer)
    draft.body = _stream(merged.values["body"])
    draft.translates = edition.identifier
    OutcomePage.objects.filter(pk=draft.pk).update(translates=edition.identifier)
    draft.save_revision(user=user, log_action=True)
    return merged.twice


NOT_KEPT = gettext_lazy("The text from which %s was made is not kept any more; begin with a newer edition.")


def text_of(page: OutcomePage, edition: Edition) -> OutcomePage:
    """The working text from which an edition was made. Raises ValidationError where its revision was removed."""
    shown = page.get_latest_revision_as_object()
    for revision in [None, *page.revisions.order_by("-created_at", "-pk")[:MOST_TRIED]]:
        text = shown if revision is None else page.with_content_json(revision.content)
        document = text.as_document()
        for candidate in (document, without_sections(document, SectionKind.DRAFT_NOTICE)):
            if json_form.sha256(candidate) == edition.sha256:
                return text
    raise ValidationError(NOT_KEPT % edition.identifier)


def _stream(blocks: list[dict[str, Any]]) -> Any:
    """Without the notices that only a draft has."""
    kept = [block for block in blocks if block["type"] != SectionKind.DRAFT_NOTICE]
    return OutcomePage._meta.get_field("body").to_python(json.dumps(kept))


def _copied(person: OutcomePerson) -> OutcomePerson:
    fields = {name: getattr(person, name) for name in ("name", "role", "organisation", "source", "sort_order")}
    return OutcomePerson(**fields)
