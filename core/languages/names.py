"""What a language is called: by its own people, and by the reader."""

from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

_SMALL = frozenset({"es", "fr", "ru"})
"""Languages that write the names of languages with a small letter inside a sentence."""


def own_name(code: str) -> str:
    """In the language itself; the code where it is not known."""
    told = _told(code, "name_local")
    return told.capitalize() if told else code


def name_here(code: str) -> str:
    """In the reader's language; the code where it is not known."""
    if code.lower() in {"zh", "zh-hans"}:
        return _("Simplified Chinese")
    return _told(code, "name_translated") or code


def name_within(code: str) -> str:
    """The same inside a sentence."""
    name = name_here(code)
    return name.lower() if get_language() in _SMALL and name != code else name


def _told(code: str, name: str) -> str:
    try:
        return str(get_language_info("zh-hans" if code == "zh" else code)[name])
    except KeyError:
        return ""
