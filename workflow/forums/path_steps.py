"""The steps of the guided path that the workflow knows: decision, people, dates, beginning of work."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from workflow.access import grants, people
from workflow.access.capabilities_beside_transitions import RUN_FORUM, is_secretariat, may
from workflow.access.models import RoleGroup
from workflow.forums import calendar, services
from workflow.forums.forms import CalendarForm, invitations
from workflow.forums.guided_path import PathStep, Taken, path_step
from workflow.forums.models import Milestone, Nomination
from workflow.forums.states import ForumState
from workflow.states import Role

DECIDED = frozenset({ForumState.APPROVED, ForumState.ACTIVE, ForumState.CLOSED})
WORKING = frozenset({ForumState.ACTIVE, ForumState.CLOSED})
DECISIONS = ("admit", "approve", "decline", "defer", "move_elsewhere", "discard", "reconsider")


class MoveStep(PathStep):
    """A step of the forum's own machine; the form of each move is that of the desk."""

    template_name = "workflow/forums/admin_path_moves.html"
    moves: tuple[str, ...]

    def is_mine(self) -> bool:
        return is_secretariat(self.user)

    def context(self) -> dict[str, Any]:
        offered = services.forum_moves_for(self.forum, self.user)
        return {"moves": [(move, unmet) for move, unmet in offered if move.name in self.moves]}


@path_step(10)
class Decision(MoveStep):
    name = "decision"
    label = gettext_lazy("The decision")
    explanation = gettext_lazy("The proposal is shown, and the decision on it recorded with its public reason.")
    moves = DECISIONS

    def is_done(self) -> bool:
        return self.forum.state in DECIDED

    def found(self) -> list[tuple[str, str]]:
        return [(f"{row.target_label}: {row.reason}" if row.reason else row.target_label, "")
                for row in self.forum.log.all()]  # fmt: skip


@path_step(30)
class People(PathStep):
    name = "people"
    label = gettext_lazy("The people")
    explanation = gettext_lazy(
        "Who facilitates, who leads in substance, who writes. Whoever has no account yet is invited by mail, and makes "
        "one by accepting."
    )
    button = gettext_lazy("Give the roles and invite")
    after = ("page",)

    def is_mine(self) -> bool:
        return is_secretariat(self.user)

    def is_done(self) -> bool:
        return self.forum.page_id is not None and not list(services.has_facilitator(self.forum))

    def found(self) -> list[tuple[str, str]]:
        tables = grants.role_table([self.forum.page]) if self.forum.page else []
        return [
            (_("%(role)s: %(name)s") % {"role": row.role.label, "name": holder.name}, "")
            for table in tables
            for row in table.roles
            for holder in row.holders
        ]

    def shortcuts(self) -> list[tuple[str, str]]:
        return [(_("Who may do what"), reverse("workflow_admin:forum_roles", args=[self.forum.page_id]))]

    def form(self, data: Any = None) -> Any:
        groups = RoleGroup.objects.filter(page=self.forum.page_id)
        return invitations(groups, self._proposed(groups), data)

    def _proposed(self, groups: Iterable[RoleGroup]) -> list[dict[str, Any]]:
        """A row for each role that nobody holds, and one for each accepted nomination that has none."""
        held = {row.role: row for row in groups}
        named = {user.email.lower() for row in held.values() for user in row.group.user_set.all()}
        rows = [
            {"role_group": held[Role.LEAD_EXPERT].pk, "name": person.name, "user": person.email}
            for person in self.forum.nominations.filter(status=Nomination.Status.ACCEPTED)
            if Role.LEAD_EXPERT in held and person.email.lower() not in named
        ]
        empty = [held[role] for role in (Role.FACILITATOR, Role.LEAD_EXPERT, Role.RAPPORTEUR) if role in held]
        offered = {row["role_group"] for row in rows}
        return rows + [{"role_group": group.pk} for group in empty if group.pk not in offered]

    @transaction.atomic
    def take(self, form: Any, at: datetime) -> Taken:
        said = [row.cleaned_data for row in form if row.has_changed()]
        for row in said:
            people.give_role(row, by=self.user, at=at)
        invited = len({row["email"].lower() for row in said if row["user"] is None})
        given = ngettext("%d role was given.", "%d roles were given.", len(said)) % len(said)
        mailed = ngettext("%d person was invited by mail.", "%d people were invited by mail.", invited) % invited
        return Taken(f"{given} {mailed}" if invited else given)


def gives_roles(request: Any, found: dict[str, Any]) -> bool:
    """For accounts.reauthentication: this step gives out roles, as the page "Who may do what" does."""
    return bool(found["name"] == People.name)


@path_step(40)
class Dates(PathStep):
    name = "dates"
    label = gettext_lazy("The calendar")
    explanation = gettext_lazy(
        "The dates that every year has, as planned. Those that come are taken from the steps of the documents."
    )
    button = gettext_lazy("Save the dates")
    whose = gettext_lazy("The Secretariat or a facilitator takes this step.")
    after = ("decision",)

    def is_mine(self) -> bool:
        return may(self.user, RUN_FORUM, self.forum.page)

    def is_done(self) -> bool:
        return self.forum.milestones.exclude(kind="").exclude(planned=None).exists()

    def found(self) -> list[tuple[str, str]]:
        return [(f"{row.what}: {date_format(row.planned)}", "")
                for row in calendar.planned_dates(self.forum) if row.planned]  # fmt: skip

    def warnings(self) -> list[str]:
        return calendar.doubts(self.forum, timezone.localdate())

    def form(self, data: Any = None) -> CalendarForm:
        planned = {row.kind: row.planned for row in self.forum.milestones.exclude(kind="")}
        return CalendarForm(data, prefix=self.name, initial=planned)

    def take(self, form: CalendarForm, at: datetime) -> Taken:
        calendar.plan(self.forum, {kind: form.cleaned_data[kind] for kind in Milestone.Kind.values})
        return Taken(_("The dates are kept."))


@path_step(50)
class Beginning(MoveStep):
    name = "beginning"
    label = gettext_lazy("Work begins")
    explanation = gettext_lazy("From now on the forum counts as active.")
    after = ("decision", "page", "people")
    moves = ("begin",)

    def is_done(self) -> bool:
        return self.forum.state in WORKING
