"""Which page of the tree a feed belongs to: a page without public editions has a feed too, and it is empty."""

from wagtail.models import Page, Site


def live_page_at(address: str) -> Page | None:
    """The live page at a path of the site, such as /themes/lamps/, that everybody may see."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    found: Page | None = Page.objects.live().public().filter(url_path=f"{site.root_page.url_path}{address[1:]}").first()
    return found
