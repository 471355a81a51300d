"""One factory a model. Each room keeps its own section; all names and texts are fictitious and of the year 2099."""

from typing import Any

import factory
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
