"""Pages about the library itself. They are ordinary Wagtail pages; their text is drawn as a document's is."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from bpf_pages.blocks.typed import PlainBody
from bpf_pages.conversion.blocks_to_document import to_document
from bpf_pages.conversion.link_targets import site_address
from bpf_pages.models.fields import ADDRESS_PART
from bpf_pages.models.page_forms import OwnFilesForm
from bpf_pages.rendering.privacy_page import what_is_kept
from bpf_pages.wordings.models import Wording, named, wordings_panel
from core.form_fields import tidy_lines
from core.languages.addresses import LANGUAGES
from core.languages.template_tags import OWN
from editions.document import json_form
from editions.document.model import Document
from editions.shown_files import names_in
from files import shown
from files.images.published import kept_file
from files.models import ShownFile

PRIVACY_SLUG = "privacy"
"""Below the editors' text of this page stands what the tables themselves say."""


class StandardPage(Page):
    body = StreamField(PlainBody(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("body"), wordings_panel("body")]
    base_form_class = OwnFilesForm
    parent_page_types = ["bpf_pages.HomePage"]
    subpage_types: list[str] = []
    template = "bpf_pages/tree/standard.html"

    class Meta:
        verbose_name = _("standard page")

    def clean(self) -> None:
        super().clean()
        tidy_lines(self)
        ADDRESS_PART(self.slug)
        if f"/{self.slug}" in LANGUAGES:
            raise ValidationError({"slug": _("Addresses that begin so are those of a language.")})

    def as_document(self, told: Wording | None = None) -> Document:
        """told: its words in another language."""
        body, title, language = self.body, self.title, OWN
        if told is not None:
            body, title, language = (
                PlainBody().to_python([{"type": "text", "value": told.body}]),
                told.title,
                told.language,
            )
        return to_document(body, title=title, language=language, resolve=site_address, figure_file=kept_file)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        told = Wording.objects.filter(page=self, language=get_language() or "").exclude(body="").first()
        if self.slug == PRIVACY_SLUG:
            context |= {"kept": what_is_kept(), "contact": settings.PRIVACY_CONTACT}
        return context | {
            "document": self.as_document(told),
            "breadcrumb": [(_("Home"), "/"), (named(self), self.url)],
        }


def show_files(page: StandardPage) -> None:
    """What a live page shows everybody may read, and nothing else because of it. Idempotent."""
    names = names_in(json_form.to_json(page.as_document())) if page.live else set()
    shown.show_only(f"page {page.pk}", names)


@receiver(page_published, sender=StandardPage, dispatch_uid="bpf_pages.show_files")
@receiver(page_unpublished, sender=StandardPage, dispatch_uid="bpf_pages.show_files")
def show_files_while_live(sender: type[StandardPage], instance: StandardPage, **kwargs: Any) -> None:
    show_files(instance)


@receiver(post_delete, sender=StandardPage, dispatch_uid="bpf_pages.hide_files")
def hide_files(sender: type[StandardPage], instance: StandardPage, **kwargs: Any) -> None:
    shown.hide(f"page {instance.pk}")


def show_files_of_live_pages() -> int:
    """For pages that went live before files were private; answers how many of them show files."""
    known = set(ShownFile.objects.filter(shown_by__startswith="page ").values_list("shown_by", flat=True))
    pages = [page for page in StandardPage.objects.live() if f"page {page.pk}" not in known and _holds_files(page)]
    for page in pages:
        show_files(page)
    return len(pages)


def _holds_files(page: StandardPage) -> bool:
    models = {model for model, _key, _path, _place in page.body.stream_block.extract_references(page.body)}
    return bool(models & {get_image_model(), get_document_model()})
