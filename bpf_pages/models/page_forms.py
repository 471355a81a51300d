"""The form of a document in the editor: it takes no file of a forum that the person may not use, and what is saved from
it is merged with what others saved meanwhile."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from bpf_pages.conversion.merging import Writer, merge_fields
from bpf_pages.conversion.respelling import respelled
from bpf_pages.conversion.shapes import Kind, Shape
from bpf_pages.conversion.splitting_long_texts import is_long, laid_out_like, parted
from bpf_pages.models.shapes import shape_of_field
from core.datetimes import in_words
from core.languages.lists import listed
from workflow.access.forum_files import not_choosable
from workflow.access.role_holders import name_of
from workflow.editor.tabs import Saving, newest_text, opened


class OwnFilesForm(WagtailAdminPageForm):
    """A chooser offers only files that may be chosen; this looks at what was sent. Files that stood in the text before
    may stay, whoever saves it."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean()
        if self.for_user is not None and "body" in found:
            added = _files_of(found["body"]) - _files_of(self.instance.body)
            if refused := not_choosable(self.for_user, added):
                titles = listed(f"“{file.title}”" for file in refused)
                said = _(
                    "The text refers to files of another forum: %s. Choose files of this forum, or upload them here."
                )
                self.add_error("body", ValidationError(said % titles))
        return found


def _files_of(body: Any) -> set[tuple[type[Any], str]]:
    references = body.stream_block.extract_references(body) if body else ()
    return {(model, str(key)) for model, key, _path, _place in references}


class _SameRow(forms.Field):
    """The key of a row that the form was filled with. Django would look for it in the table, from which somebody else
    may have taken it meanwhile; that is for the merge to settle."""

    def __init__(self, row: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)
        self.row = row

    def clean(self, value: Any) -> Any:
        return self.row

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class MergingForm(OwnFilesForm):
    """Bound to the text that it was filled from (`workflow.editor.tabs`), it brings its words together with the newest
    text when it is saved, under the lock of the page."""

    instance: Any

    editor_tab = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput, label=_("Tab of the editor"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["editor_tab"].initial = getattr(self.instance, "editor_tab", "")
        for name in self._relations() if self.is_bound else ():
            for row in self.formsets[name].initial_forms:
                if row.instance.pk:
                    row.fields[row.instance._meta.pk.name] = _SameRow(row.instance)

    def save(self, commit: bool = True) -> Any:
        saving: Saving | None = getattr(self.instance, "saving", None)
        if saving is None or not self.instance.pk:
            return self._parted(commit=commit)
        newest = newest_text(self.instance.pk, type(self.instance))
        if not saving.is_stale and newest.latest_revision_id == saving.latest:
            return self._parted(saving, commit=commit)
        if newest.latest_revision_id != saving.latest:
            self.data.pop("overwrite_revision_id", None)  # somebody saved since this request came
        own = super().save(commit=False)
        self._merge_into(newest, own, saving)
        if self._part(newest, saving):
            saving.own = own
        newest.saving = saving
        self.instance = newest
        if commit:
            newest.save()
            self.save_m2m()
        return newest

    def _parted(self, saving: Saving | None = None, *, commit: bool) -> Any:
        """Saved as it was sent, long texts in several blocks."""
        if not is_long(self.instance.body.get_prep_value()):
            return super().save(commit=commit)
        page = super().save(commit=False)
        own = page.with_content_json(page.serializable_data()) if saving is not None else None
        if self._part(page, saving) and saving is not None:
            saving.own = own
        if commit:
            page.save()
            self.save_m2m()
        return page

    def _part(self, page: Any, saving: Saving | None) -> bool:
        """Whether something was parted. What does not come apart stays as it was sent."""
        before = page.body.get_prep_value()
        after = parted(before) if is_long(before) else before
        if after == before:
            return False
        page.body = _stream(page, "body", after)
        if saving is not None:
            saving.was_parted = True
        return True

    def _merge_into(self, newest: Any, own: Any, saving: Saving) -> None:
        shapes, relations = self._shapes()
        base = own.with_content_json(saving.base) if saving.base is not None else None
        before = _values(base, shapes, relations) if base is not None else None
        theirs, mine = _values(newest, shapes, relations), _values(own, shapes, relations)
        form = mine
        if before is not None:
            before, mine = ({**side, "body": laid_out_like(theirs["body"], side["body"])} for side in (before, mine))
            theirs, mine = (respelled(shapes, before, side) for side in (theirs, mine))
        said = f"{name_of(self.for_user)}, {in_words(timezone.now())}"
        found = merge_fields(shapes, before, theirs, mine, Writer(str(self.for_user.pk), said))
        for name, value in found.values.items():
            if name in relations:
                getattr(newest, name).set(_rows_as_merged(value, _rows(newest, name) | _rows(own, name)))
            else:
                field = newest._meta.get_field(name)
                value = _stream(newest, name, value) if isinstance(field, StreamField) else value
                setattr(newest, field.attname, value)
        setattr(newest, COMMENTS_RELATION_NAME, getattr(own, COMMENTS_RELATION_NAME).all())
        saving.twice, saving.settled = found.twice, found.settled
        saving.is_merged = found.values != mine
        if saving.is_merged or mine != form:
            saving.own = own

    def _shapes(self) -> tuple[dict[str, Shape], set[str]]:
        """(the shapes of what this form edits, by name; the names among them that are rows of their own)."""
        fields = {field.name: field for field in self.instance._meta.concrete_fields}
        shapes = {name: shape_of_field(fields[name]) for name in self.fields if name in fields}
        relations = self._relations()
        for name in relations:
            shapes[name] = Shape(Kind.ITEMS, "", {"item": _shape_of_row(self.formsets[name].model)})
        return shapes, relations

    def _relations(self) -> set[str]:
        return {name for name in self.formsets if name != "comments"}

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """A page that was just created gets its tab with the first answer."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        if not self.data.get("editor_tab") and self.for_user is not None:
            updates.append(("editor_tab", opened(self.instance, self.for_user)))
        return updates


def _stream(page: Any, name: str, stored: Any) -> Any:
    return page._meta.get_field(name).to_python(json.dumps(stored))


def _shape_of_row(model: type[Model]) -> Shape:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key and not field.is_relation]
    return Shape(Kind.FIELDS, "", {each.name: shape_of_field(each) for each in fields if each.name != "sort_order"})


def _values(page: Any, shapes: Mapping[str, Shape], relations: Iterable[str]) -> dict[str, Any]:
    return {name: _of_rows(page, name, shape) if name in relations else _of_field(page, name)
            for name, shape in shapes.items()}  # fmt: skip


def _of_field(page: Any, name: str) -> Any:
    field = page._meta.get_field(name)
    value = field.value_from_object(page)
    return value.get_prep_value() if isinstance(field, StreamField) else value


def _of_rows(page: Any, name: str, shape: Shape) -> list[dict[str, Any]]:
    fields = shape.within["item"].within
    return [
        {"type": "item", "id": key, "value": {each: getattr(row, each) for each in fields}}
        for key, row in _rows(page, name).items()
    ]


def _rows(page: Any, name: str) -> dict[str, Any]:
    """By their keys. Rows that are in no table yet, which only a form has, are told apart by their place."""
    return {str(row.pk) if row.pk else f"new {at}": row for at, row in enumerate(getattr(page, name).all())}


def _rows_as_merged(items: Iterable[Mapping[str, Any]], rows: Mapping[str, Any]) -> list[Any]:
    found = []
    for at, item in enumerate(items):
        row = rows[item["id"]]
        for name, value in item["value"].items():
            setattr(row, name, value)
        row.sort_order = at
        found.append(row)
    return found
