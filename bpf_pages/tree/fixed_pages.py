"""The fixed upper part of the tree: home, library, theme index. Made once, found ever after."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from bpf_pages.models.library import HomePage, LibraryPage
from bpf_pages.models.theme import ThemeIndexPage


@dataclass(frozen=True, slots=True)
class Tree:
    home: HomePage
    library: LibraryPage
    themes: ThemeIndexPage


@transaction.atomic
def ensure_tree() -> Tree:
    """Home as the root of the default site, with library and themes below it. Idempotent."""
    home = HomePage.objects.first() or _make_home()
    library = LibraryPage.objects.first() or home.add_child(instance=LibraryPage(title="Library", slug="library"))
    themes = ThemeIndexPage.objects.first() or home.add_child(instance=ThemeIndexPage(title="Themes", slug="themes"))
    return Tree(home, library, themes)


def _make_home() -> HomePage:
    """Wagtail's own migrations leave a page of welcome at the root; ours takes its place."""
    root = Page.get_first_root_node()
    welcome = Page.objects.filter(depth=2, content_type__model="page", numchild=0).first()
    home: HomePage = root.add_child(instance=HomePage(title="BPF Library", slug="bpf-library"))
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = base.port or (443 if base.scheme == "https" else 80)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": base.hostname, "port": port, "site_name": settings.WAGTAIL_SITE_NAME},
    )
    if welcome:
        Page.objects.get(pk=welcome.pk).delete()
    return home
