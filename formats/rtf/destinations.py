"""Which groups of an RTF file hold what. Pure."""

UNSAID = frozenset({
    "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "generator", "revtbl",
    "themedata", "colorschememapping", "datastore", "latentstyles", "xmlnstbl", "fontemb", "fontfile", "filetbl",
    "pgptbl", "listpicture", "pict", "blipuid", "picprop", "objdata", "objclass", "objname", "atnid", "atnref",
    "atnicn", "atrfstart", "atrfend", "bkmkstart", "bkmkend", "datafield", "formfield", "template", "passwordhash",
    "falt", "panose", "mmathPr", "wgrffmtfilter", "nonshppict", "private", "ffdeftext", "ffname", "ffl",
    "userprops", "atnauthor", "atndate", "atntime", "shprslt", "do", "creatim", "revtim",
    "printim", "buptim", "nextfile", "pnseclvl", "pntxta", "pntxtb", "ftnsep", "ftnsepc", "ftncn", "aftnsep",
    "aftnsepc", "aftncn", "background", "docvar",
})  # fmt: skip
"""Data of the program's own, in which no words of the document are."""


def is_unsaid(name: str) -> bool:
    """Properties of equations have names of one pattern."""
    return name in UNSAID or (name.startswith("m") and name.endswith("Pr"))


RUNNING = frozenset({
    "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
})  # fmt: skip
DESCRIPTION = "wzDescription"
"""The property of a shape that is said in its place."""
SHAPE_PICTURE = "pib"
"""That which holds its picture."""
EQUATION_PARTS = {
    "moMath": "", "mnum": "", "mden": "/", "msup": "^", "msub": "_", "mrad": "√", "mlim": "_",
}  # fmt: skip
"""Parts of an equation, which two dimensions keep apart on paper, and the sign that does so on a line."""
SAID_OF_ITSELF = ("title", "subject", "keywords", "doccomm", "category")
KNOWN = frozenset({
    "footnote", "annotation", "shptxt", "shpinst", "shppict", "shp", "fldinst", "fldrslt", "field",
    "listtext", "pntext", "ud", "nesttableprops", "pn", "info", "author", "operator", "company", "manager",
    "title", "subject", "keywords", "doccomm", "category", "hlinkbase", "object", "result", "xe", "tc",
    "mmath", "moMathPara", "mr", "sp", "sn", "sv",
}) | RUNNING | UNSAID | set(EQUATION_PARTS)  # fmt: skip
"""Destinations that this reader knows; another behind an asterisk is passed over whole, as the format asks."""

PARAGRAPH_ENDS = frozenset({"par", "sect", "cell", "nestcell", "row", "nestrow", "page", "column"})
BESIDE = frozenset({"footnote", "annotation", "shptxt", "fldinst", "listtext", "pntext", "xe", "tc"}) | RUNNING
"""Texts of their own beside the one they stand in."""
