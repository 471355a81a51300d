"""Whatever changes an account becomes a row of the record; what was done over the web is told by mail as well.

Over signals, so that no form, bulk action or command is forgotten. Commands and factories tell nobody: who runs them
knows what they do.
"""

from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_save, pre_save

from accounts.events.current_request import acting_request
from accounts.events.services import record
from accounts.models import Event
from accounts.notices.occasions import (
    EMAIL_CHANGED,
    PASSWORD_CHANGED,
    ROLES_CHANGED,
    words_of_role,
    words_of_standing,
)
from accounts.notices.services import tell
from accounts.open_sessions.services import end_others
from core.plain_text import tidy_line

Kind = Event.Kind
WATCHED = ("email", "is_active", "is_superuser")
NAMES = ("first_name", "last_name")
FORMER, NEW_PASSWORD = "_accounts_former", "_accounts_new_password"


def connect() -> None:
    users = get_user_model()
    pre_save.connect(before, sender=users, dispatch_uid="accounts.before_user")
    post_save.connect(after, sender=users, dispatch_uid="accounts.after_user")
    m2m_changed.connect(groups_changed, sender=users.groups.through, dispatch_uid="accounts.groups_changed")


def before(sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """What is about to be overwritten. Django's own upgrade of a password's hash is no new password. A name that is
    typed here lands in mails and lists: it is one line."""
    if not raw:
        for name in NAMES:
            setattr(instance, name, tidy_line(getattr(instance, name)))
    instance.__dict__[FORMER] = None
    instance.__dict__[NEW_PASSWORD] = not raw and not instance._state.adding and instance._password is not None
    if raw or instance._state.adding or (update_fields is not None and not set(WATCHED) & set(update_fields)):
        return
    instance.__dict__[FORMER] = sender.objects.filter(pk=instance.pk).values(*WATCHED).first()


def after(sender: Any, instance: Any, **kwargs: Any) -> None:
    former = instance.__dict__.pop(FORMER, None)
    if instance.__dict__.pop(NEW_PASSWORD, False):
        record(Kind.PASSWORD_CHANGED, instance)
        end_others(instance)
        _tell(instance, PASSWORD_CHANGED, email=former["email"] if former else "")
    if not former:
        return
    if former["email"] != instance.email:
        record(Kind.EMAIL_CHANGED, instance)
        _tell(instance, EMAIL_CHANGED, email=former["email"])
    changed = {name: getattr(instance, name) for name in WATCHED[1:] if former[name] != getattr(instance, name)}
    if changed:
        record(Kind.STANDING_CHANGED, instance, data=changed)
        _tell(instance, ROLES_CHANGED, what=partial(words_of_standing, changed), email=former["email"])


def groups_changed(sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any) -> None:
    """Either side may be the one that was changed. All of somebody's groups at once are read before they go."""
    if action == "pre_clear":
        pairs = _pairs(instance, reverse, None)
        instance.__dict__[FORMER] = pairs
    elif action == "post_clear":
        _note(instance.__dict__.pop(FORMER, []), "removed")
    elif action in {"post_add", "post_remove"} and pk_set:
        _note(_pairs(instance, reverse, pk_set), "added" if action == "post_add" else "removed")


def _pairs(instance: Any, reverse: bool, pk_set: Any) -> list[tuple[Any, Group]]:
    """(person, group) of what is added or removed."""
    if reverse:  # instance is a group
        people = get_user_model().objects.filter(pk__in=pk_set) if pk_set is not None else instance.user_set.all()
        return [(person, instance) for person in people]
    groups = Group.objects.filter(pk__in=pk_set) if pk_set is not None else instance.groups.all()
    return [(instance, group) for group in groups]


def _note(pairs: list[tuple[Any, Group]], change: str) -> None:
    for person, group in pairs:
        record(Kind.ROLE_CHANGED, person, data={change: group.name})
        _tell(person, ROLES_CHANGED, what=partial(words_of_role, change, group.name))


def _tell(person: Any, occasion: Any, **facts: Any) -> None:
    if acting_request() is not None:
        tell(person, occasion, **facts)
