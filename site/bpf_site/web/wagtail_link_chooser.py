"""Workaround, seen with Wagtail 7.4: the chooser of outside links raises where its address is not sent at all."""

from typing import Any

from wagtail.admin.forms.choosers import URLOrAbsolutePathField

_former = URLOrAbsolutePathField.to_python


def take_as_empty() -> None:
    URLOrAbsolutePathField.to_python = _to_python


def _to_python(self: Any, value: Any) -> Any:
    return _former(self, "" if value is None else value)
