"""Where a link in an editor's rich text leads, fixed as an address at the time of reading. A document of the library is
linked to as a copy that nobody replaces."""

from django.core.files.storage import default_storage
from wagtail.documents import get_document_model
from wagtail.models import Page

from bpf_pages.conversion.rich_text import Attributes, external
from core.plain_text import whole_number
from files.linked_documents import kept_name


def site_address(attributes: Attributes) -> str:
    """The address of an <a>: a page or file of this site, or an outside address; "" where it leads nowhere."""
    kind, key = attributes.get("linktype"), attributes.get("id") or ""
    if kind not in ("page", "document"):
        return external(attributes)
    if whole_number(key) is None:
        return ""
    if kind == "page":
        page = Page.objects.filter(pk=key).first()
        return (page.url or "") if page else ""
    document = get_document_model().objects.filter(pk=key).first()
    name = kept_name(document) if document else ""
    return default_storage.url(name) if name else ""
