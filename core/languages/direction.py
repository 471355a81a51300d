"""Which way a language is written."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv", "ku", "yi"})


def direction_of(language: str) -> str:
    """`rtl` or `ltr` for a BCP 47 language tag; the primary subtag decides."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"
