"""Fields of plain text as people type it: one line, or several, without invisible controls."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.plain_text import is_one_line, tidy_line, tidy_text


class LineField(forms.CharField):
    """One line. A line end in it is refused, never cut off: it would forge a header or a cell."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if not is_one_line(text):
            raise ValidationError(_("Write this in one line."), code="one_line")
        return tidy_line(text)


class ProseField(forms.CharField):
    """Several lines of plain text."""

    def __init__(self, *, rows: int = 5, widget: Any = None, **kwargs: Any) -> None:
        """widget: that of a form made of a model, which names its own."""
        area = widget or forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(widget=area, **kwargs | {"strip": False})

    def to_python(self, value: Any) -> str:
        return tidy_text(super().to_python(value) or "")


def tidy_lines(row: models.Model) -> None:
    """Bring every line of text of a row into one line without controls, for what is typed into the forms of others: the
    title of a page, the name of an account. They land in mails, tables and feeds, and beside the words of others."""
    for field in row._meta.concrete_fields:
        if type(field) is models.CharField and not field.choices and field.name not in row.get_deferred_fields():
            text = getattr(row, field.attname)
            if isinstance(text, str):
                setattr(row, field.attname, tidy_line(text))
