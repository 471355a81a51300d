"""Where a link in an editor's rich text leads, fixed as an address at the time of reading."""

from wagtail.documents import get_document_model
from wagtail.models import Page

from bpf_pages.conversion.rich_text import Attributes, external


def site_address(attributes: Attributes) -> str:
    """The address of an <a>: a page or file of this site, or an outside address; "" where it leads nowhere."""
    kind, key = attributes.get("linktype"), attributes.get("id") or ""
    if kind not in ("page", "document"):
        return external(attributes)
    if not key.isdecimal():
        return ""
    model = Page if kind == "page" else get_document_model()
    target = model.objects.filter(pk=key).first()
    return (target.url or "") if target else ""
