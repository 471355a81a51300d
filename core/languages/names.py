"""What a language is called: by its own people, and by the reader."""

from django.utils.translation import get_language_info


def own_name(code: str) -> str:
    """In the language itself; the code where it is not known."""
    told = _told(code, "name_local")
    return told.capitalize() if told else code


def name_here(code: str) -> str:
    """In the reader's language; the code where it is not known."""
    return _told(code, "name_translated") or code


def _told(code: str, name: str) -> str:
    try:
        return str(get_language_info("zh-hans" if code == "zh" else code)[name])
    except KeyError:
        return ""
