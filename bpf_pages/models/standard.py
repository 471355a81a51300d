"""Pages about the library itself. They are ordinary Wagtail pages; their text is drawn as a document's is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from bpf_pages.blocks.typed import PlainBody
from bpf_pages.conversion.blocks_to_document import to_document
from bpf_pages.conversion.link_targets import site_address
from bpf_pages.models.fields import ADDRESS_PART
from bpf_pages.rendering.what_is_kept import what_is_kept
from editions.document.model import Document
from files.published_images import kept_file

PRIVACY_SLUG = "privacy"
"""Below the editors' text of this page stands what the tables themselves say."""


class StandardPage(Page):
    body = StreamField(PlainBody(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("body")]
    parent_page_types = ["bpf_pages.HomePage"]
    subpage_types: list[str] = []
    template = "bpf_pages/tree/standard.html"

    class Meta:
        verbose_name = _("standard page")

    def clean(self) -> None:
        super().clean()
        ADDRESS_PART(self.slug)

    def as_document(self) -> Document:
        return to_document(self.body, title=self.title, language="en", resolve=site_address, figure_file=kept_file)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if self.slug == PRIVACY_SLUG:
            context |= {"kept": what_is_kept(), "contact": settings.PRIVACY_CONTACT}
        return context | {"document": self.as_document(), "breadcrumb": [(_("Home"), "/"), (self.title, self.url)]}
