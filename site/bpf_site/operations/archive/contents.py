"""What goes into an archive of the library and what does not: declared once, for writing, reading and the manifest.

Every table goes unless it is named here with the reason. Of every table, the columns that the register of personal data
calls secrets or traces stay behind; the manifest names them.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import models
from django.db.models import Q

from bpf_site.operations.copy_database import models_with_tables
from core.personal_data import Holding, holdings
from core.tokens import new_secret
from editions.models import Edition
from editions.shown_files import names_in
from files.models import CleanedImage, ShownFile
from files.private_storage import PRIVATE, PrivateFiles
from files.shown import PREFIXES

OPENS = "it opens something on the instance where it was made"
PASSING = "it is of this instance and of the moment"
ANEW = "it is made anew"
LEFT_OUT = {
    "sessions.Session": OPENS,
    "accounts.OpenSession": OPENS,
    "accounts.Factor": OPENS,
    "accounts.RecoveryCode": OPENS,
    "accounts.ForeignIdentity": OPENS,
    "accounts.ResetRequest": PASSING,
    "accounts.Addressee": PASSING,
    "bpf_site.Heartbeat": PASSING,
    "bpf_site.Purge": PASSING,
    "gate.Tally": PASSING,
    "gate.SpentToken": PASSING,
    "files.LeftFile": PASSING,
    "mail.Message": "mail that waits is sent by the instance where it was written",
    "consultation.Draft": "its writer did not send it",
    "wagtailadmin.EditingSession": PASSING,
    "workflow.EditorTab": PASSING,
    "wagtailadmin.FormState": PASSING,
    "wagtailcore.UploadedFile": PASSING,
    "django_tasks_database.DBTaskResult": PASSING,
    "search.IndexChange": ANEW,
    "search.FacetValue": ANEW,
    "wagtailimages.Rendition": ANEW,
}
"""Table to the reason why its rows stay behind."""
ROWS = {"consultation.Attachment": Q(submission__isnull=False)}
"""Which rows of a table go, where not all do: a file that a stranger put aside and did not send is nobody's."""
PUBLIC_PLACE, PRIVATE_PLACE = "default", PRIVATE

Model = type[models.Model]
Field = models.Field[Any, Any]


def tables() -> list[Model]:
    return [model for model in models_with_tables() if model._meta.label not in LEFT_OUT]


def rows_of(model: Model, alias: str) -> Any:
    return model._base_manager.using(alias).filter(ROWS.get(model._meta.label, Q())).order_by("pk")


def columns_of(model: Model) -> tuple[list[Field], list[Field]]:
    """(what goes, what stays behind) of the table's own columns. A reference to a table that stays behind does too."""
    held = _held().get(model._meta.label)
    secret = held.not_for_an_archive if held else set()
    goes: list[Field] = []
    stays: list[Field] = []
    for field in model._meta.local_concrete_fields:
        target = field.remote_field.model._meta.label if field.remote_field else ""
        (stays if field.name in secret or target in LEFT_OUT else goes).append(field)
    return goes, stays


def instead_of(model: Model, field: Field) -> Any:
    """What stands in a column that stayed behind: what stands there after an erasure, nothing, or a new secret."""
    held = _held().get(model._meta.label)
    if held and field.name in held.erased:
        return held.erased[field.name]
    if field.null:
        return None
    return new_secret()[: field.max_length] if field.unique else ""


def people_in(model: Model) -> dict[str, list[str]]:
    """What the archive tells of people in a table, for the manifest."""
    held = _held().get(model._meta.label)
    told = {"names": list(held.names), "words": list(held.words)} if held else {}
    return {kind: names for kind, names in told.items() if names}


def _held() -> dict[str, Holding]:
    return {holding.model: holding for holding in holdings()}


def files(alias: str) -> Iterator[tuple[str, str]]:
    """(place, name) of each kept file that a row of the archive names, once each. What no row names is nobody's."""
    seen: set[tuple[str, str]] = set()
    for place, name in _named_files(alias):
        if name and (place, name) not in seen:
            seen.add((place, name))
            yield place, name


def _named_files(alias: str) -> Iterator[tuple[str, str]]:
    for model in tables():
        for field in columns_of(model)[0]:
            if isinstance(field, models.FileField):
                place, prefix = _place_of(field.storage)
                for name in rows_of(model, alias).values_list(field.attname, flat=True).iterator():
                    yield place, f"{prefix}{name}" if name else ""
    for name in CleanedImage.objects.using(alias).order_by("pk").values_list("name", flat=True).iterator():
        yield PUBLIC_PLACE, name
    for name in ShownFile.objects.using(alias).order_by("pk").values_list("name", flat=True).iterator():
        yield PUBLIC_PLACE, name if name.startswith(PREFIXES) else ""
    for document in Edition.objects.using(alias).order_by("pk").values_list("document", flat=True).iterator():
        for name in sorted(names_in(document)):
            yield PUBLIC_PLACE, name


def _place_of(storage: Storage) -> tuple[str, str]:
    """(name of the storage in the settings, folder in it)"""
    return (PRIVATE_PLACE, storage.prefix) if isinstance(storage, PrivateFiles) else (PUBLIC_PLACE, "")


def storage_at(place: str) -> Storage:
    return PrivateFiles() if place == PRIVATE_PLACE else default_storage


def table_named(label: str) -> Model:
    return apps.get_model(label)
