"""Which words of control the reader of RTF follows, and what each says of a run, a paragraph or a row. Pure."""

from editions.document.model import Mark
from formats.rtf.destinations import EQUATION_PARTS, SAID_OF_ITSELF

TOGGLES = {"b": Mark.STRONG, "i": Mark.EMPHASIS, "strike": Mark.DELETED, "striked": Mark.DELETED}
READ = frozenset({
    "stylesheet", "revtbl", "pict", "atnauthor", "author", "picprop", "sp", "sn", "sv", "objclass", *SAID_OF_ITSELF,
    *EQUATION_PARTS,
})  # fmt: skip
"""Destinations with data of the program's own that this reader looks into."""
THROUGH = frozenset({
    "shppict", "info", "result", "ud", "shp", "shpinst", "object", "mmath", "moMathPara", "mr",
    "nesttableprops", "pn",
})  # fmt: skip
"""Groups whose words are those of the text around, or of groups in them."""
EQUATION = "moMath"
GROUP_SWITCHES = {"v": "hidden", "deleted": "deleted", "revised": "inserted"}
GROUP_NUMBERS = {
    "lang": "language", "langfe": "far_language", "revauth": "inserter", "revdttm": "inserted_at",
    "revauthdel": "deleter", "revdttmdel": "deleted_at",
}  # fmt: skip
LOOK_NUMBERS = {"s": "style", "outlinelevel": "outline", "ilvl": "level", "ls": "list", "li": "indent"}
LOOK_WORDS = frozenset({"pard", "fi", "intbl", "itap", *LOOK_NUMBERS})
MARKS = frozenset({"plain", "super", "sub", "nosupersub", *TOGGLES})
ROW_WORDS = frozenset({"trowd", "trhdr", "cellx", "clmrg", "clvmrg"})
LANGUAGES = {
    1033: "en-US", 2057: "en-GB", 3081: "en-AU", 4105: "en-CA", 1036: "fr-FR", 1034: "es-ES", 3082: "es-ES",
    1049: "ru-RU", 2052: "zh-CN", 1028: "zh-TW", 1025: "ar-SA", 1031: "de-DE", 1040: "it-IT", 1046: "pt-BR",
    2070: "pt-PT", 1041: "ja-JP", 1042: "ko-KR", 1065: "fa-IR", 1037: "he-IL", 1058: "uk-UA", 3073: "ar-EG",
    2058: "es-MX", 4108: "fr-CH", 2055: "de-CH", 1043: "nl-NL", 1045: "pl-PL", 1055: "tr-TR", 1081: "hi-IN",
    3076: "zh-HK", 5124: "zh-MO", 4100: "zh-SG",
}  # fmt: skip
