"""The script that a language tag means, and when a stretch of text is in another language than what is around it."""

_USUAL = {"zh": "hans", "sr": "cyrl", "uz": "latn", "az": "latn", "bs": "latn", "pa": "guru", "ku": "latn"}
_TRADITIONAL_IN = frozenset({"tw", "hk", "mo"})


def written(language: str) -> tuple[str, str]:
    """A language and the script it is written in, "" for the usual one. Chinese mostly names it by a country."""
    parts = language.lower().split("-")
    script = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    if not script and parts[0] == "zh" and _TRADITIONAL_IN & set(parts[1:]):
        script = "hant"
    return parts[0], "" if script == _USUAL.get(parts[0], "") else script


def apart(language: str, main: str) -> str:
    """The language of a stretch of text: "" where it is the document's, or the same in another country. Chinese of
    another script than the document's is named by that, whatever country its writer's program names."""
    if not language or written(language) == written(main):
        return ""
    if (named := written(language))[0] == "zh" and written(main)[0] == "zh":
        return "zh-Hant" if named[1] == "hant" else "zh-Hans"
    return language
