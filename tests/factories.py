"""One factory a model. Each room keeps its own section; all names and texts are fictitious and of the year 2099."""

import uuid
from typing import Any

import factory
import wagtail_factories
from django.contrib.auth import get_user_model
from django.utils import timezone
from factory.django import DjangoModelFactory

# --- people -------------------------------------------------------------------------------------------------------


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    first_name = factory.Sequence(lambda n: f"Ficta{n}")
    last_name = "Tester"
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.PostGenerationMethodCall("set_password", "password of 2099")

    @factory.post_generation
    def groups(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.save()
            if extracted:
                self.groups.add(*extracted)


# --- workflow -----------------------------------------------------------------------------------------------------


class ProcessFactory(DjangoModelFactory):
    """A page and where it stands, in the fewest rows that make it true (no log: for that, move it by perform()).

    forum: the forum page it belongs to; at: its state, with an edition of that stage where the state is public.
    """

    class Meta:
        model = "workflow.Process"
        skip_postgeneration_save = True

    class Params:
        forum = None
        at = "drafting"

    page = factory.LazyAttribute(lambda process: _page(process.forum))
    series = factory.LazyAttribute(lambda process: process.page.specific.series)
    title = factory.LazyAttribute(lambda process: process.page.title)
    state = factory.LazyAttribute(lambda process: process.at)

    @factory.post_generation
    def edition(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        from editions import services
        from workflow.states import PUBLIC, State

        if not create or self.state == State.DRAFTING:
            return
        draft = self.page.specific.get_latest_revision_as_object().to_draft()
        stage = self.state if self.state in PUBLIC else State.FINAL
        now = timezone.now()
        services.freeze(draft, page=self.page, stage=str(stage), at=now)
        if self.state == State.WITHDRAWN:
            services.withdraw(self.series, "Fictitious reason.", now)


def _page(forum: Any) -> Any:
    return OutcomePageFactory(parent=forum) if forum else OutcomePageFactory()


# --- pages --------------------------------------------------------------------------------------------------------


def _root() -> Any:
    """The root of the page tree; a transactional test before this one may have emptied the database."""
    from wagtail.models import Collection, Locale, Page

    Locale.objects.get_or_create(language_code="en")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    return Page.get_first_root_node() or Page.add_root(title="Root", slug="root")


def _library() -> Any:
    """The one library page of the test database, under the one home page."""
    from wagtail.models import Site

    from bpf_pages.models.library import HomePage, LibraryPage

    library = LibraryPage.objects.first()
    if library is None:
        home = HomePage.objects.first()
        if home is None:
            home = _root().add_child(instance=HomePage(title="Home of 2099", slug="home-2099"))
            Site.objects.update_or_create(
                is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
            )
        library = home.add_child(instance=LibraryPage(title="Library", slug="library"))
    return library


class MeetingPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = "bpf_pages.MeetingPage"

    year = 2099
    title = "2099 (fictitious)"
    slug = factory.LazyAttribute(lambda page: str(page.year))
    city = "Port Fiction"
    country = "an invented country"
    parent = factory.LazyFunction(_library)


def _fictitious_year() -> Any:
    from bpf_pages.models.library import MeetingPage

    return MeetingPage.objects.filter(year=2099).first() or MeetingPageFactory()


class ForumPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = "bpf_pages.ForumPage"

    title = factory.Sequence(lambda n: f"Fictitious forum {n}")
    slug = factory.Sequence(lambda n: f"forum-{n}")
    code = factory.Sequence(lambda n: f"FORUM{n}")
    parent = factory.LazyFunction(_fictitious_year)


BODY = [
    (
        "text",
        "<h2>Introduction</h2><p>The lamp rooms of 2099 are fictitious.</p><ul><li>One lamp</li><li>Two</li></ul>",
    ),
    ("finding", {"title": "Lamps", "body": [("text", "<p>Lamps help in storms.</p>")]}),
]


class OutcomePageFactory(wagtail_factories.PageFactory):
    """An outcome document with a text that can be frozen; body=[] for one that cannot."""

    class Meta:
        model = "bpf_pages.OutcomePage"
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Fictitious outcome {n}")
    slug = factory.Sequence(lambda n: f"outcome-{n}")
    live = False
    parent = factory.SubFactory(ForumPageFactory)
    body = factory.LazyFunction(lambda: list(BODY))

    @factory.post_generation
    def revision(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.save_revision(user=extracted)


def _themes() -> Any:
    from bpf_pages.tree.fixed_pages import ensure_tree

    return ensure_tree().themes


class ThemePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = "bpf_pages.ThemePage"

    title = factory.Sequence(lambda n: f"Fictitious theme {n}")
    slug = factory.Sequence(lambda n: f"theme-{n}")
    parent = factory.LazyFunction(_themes)


def text_block(html: str) -> dict[str, Any]:
    """A block of running text as it is stored, with keys in it."""
    from bpf_pages.conversion.block_keys import keyed

    return {"type": "text", "id": str(uuid.uuid4()), "value": keyed(html)}
