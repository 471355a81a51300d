"""Fields that several page types share."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.form_fields import tidy_lines
from core.plain_text import tidy_line

ADDRESS_PART = RegexValidator(
    r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use small letters a to z, digits and single hyphens: this becomes an address.")
)

_address = URLValidator(schemes=["http", "https"])

LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
    ("pt", _("Portuguese")),
]


class LinesField(models.TextField):
    """Short texts, one a line. `lines_of` reads them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"blank": True, "max_length": 20_000} | options))


def lines_of(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := tidy_line(each))]


def as_lines(texts: Iterable[str]) -> str:
    return "\n".join(" ".join(text.split()) for text in texts)


def refuse_slug_other_than(expected: str, slug: str) -> None:
    """Raises ValidationError, on the slug, unless it is the one the address contract names."""
    if slug != expected:
        message = _("The address of this page is fixed: its slug must be “%(slug)s”.")
        raise ValidationError({"slug": message % {"slug": expected}})


class PersonFields(models.Model):
    """A person as publicly recorded, with the public role, where that is said, and nothing else."""

    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    source = models.URLField(
        _("source"), max_length=1000, blank=True, help_text=_("Address of the public page that names the role.")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.role, self.organisation) if part)

    def clean(self) -> None:
        super().clean()
        tidy_lines(self)


def is_web_address(text: str) -> bool:
    try:
        _address(text)
    except ValidationError:
        return False
    return True
