"""How Markdown is parsed here, and the front matter before it. Pure."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from core.charset import Decoded, decoded
from formats.draft import Reason, Unreadable, UnreadableFile
from formats.html.tree import prepared as without_nul
from formats.markdown.dialects import as_commonmark
from formats.markdown.inline import dialect_plugin

LONGEST = 5_000_000  # characters
DEEPEST = 40  # levels of quotations and lists kept; the parser calls itself once a level
_DEEP = re.compile(
    rf"^((?:[ \t]*(?:>|[-*+](?=[ \t])|\d{{1,9}}[.)](?=[ \t]))){{{DEEPEST}}})(?:[ \t]*(?:>|[-*+](?=[ \t])))+",
    re.MULTILINE,
)
_FAR_IN = re.compile(r"^[ \t]{200,}", re.MULTILINE)
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE_BLOCK = re.compile(r"(?:%[^\n]*\n(?:[ \t]+[^\n]*\n)*){1,3}")
_ESCAPED = re.compile(r"\\([\"\\/])")
_FIELD = re.compile(r"([A-Za-z][\w.-]*)\s*:[ \t]*(.*)")
FOOTNOTE = re.compile(r"^( {0,3})\[\^([^\]\s]+)\]:", re.MULTILINE)


_NO_TAG = re.compile(r"<(?=!(?!--|\[CDATA\[|[A-Za-z])|/[^A-Za-z>])")
"""What HTML takes for a comment up to the next `>`, which may be one of a tag that Markdown writes behind it."""


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """front: the front matter as it lies there. fields: what it says, names in lower case.

    marks: of blocks that CommonMark does not know, such as `[!NOTE]`; they are not in text.
    """

    text: str
    front: str
    fields: dict[str, str]
    decoded: Decoded
    marks: tuple[tuple[Reason, str], ...] = ()


def markdown_file(content: bytes) -> MarkdownFile:
    found = decoded(content)
    if len(found.text) > LONGEST:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    text = found.text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    text = without_nul(_FAR_IN.sub(" " * 200, _DEEP.sub(r"\1", text)))
    front, fields = "", {}
    if match := _FRONT.match(text):
        front, fields = match[1], _fields(match[1])
        text = text[match.end() :]
    elif match := _TOML.match(text):
        front, fields = match[1], _toml_fields(match[1])
        text = text[match.end() :]
    elif text.startswith("%") and (match := _TITLE_BLOCK.match(text)):
        lines = [" ".join(line.split()) for line in re.split(r"^%", match[0], flags=re.MULTILINE)[1:]]
        front, fields = match[0], dict(zip(("title", "author", "date"), lines, strict=False))
        text = text[match.end() :]
    text, marks = as_commonmark(text)
    return MarkdownFile(text, front, fields, found, marks)


def _fields(front: str) -> dict[str, str]:
    """The plain `name: value` lines of YAML; lists and deeper levels are told as they lie there, not understood."""
    fields: dict[str, str] = {}
    for line in front.split("\n"):
        if match := _FIELD.fullmatch(line.rstrip()):
            value = match[2].strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = _ESCAPED.sub(r"\1", value[1:-1]) if value[0] == '"' else value[1:-1].replace("''", "'")
            if value not in ("|", ">", ""):
                fields.setdefault(match[1].lower(), value)
    return fields


def _toml_fields(front: str) -> dict[str, str]:
    """The same of TOML; several authors stand in one field."""
    try:
        said = tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    fields = {}
    for name, value in said.items():
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = ", ".join(value)
        if isinstance(value, str | date):
            fields[name.lower()] = value if isinstance(value, str) else value.isoformat()
    if "author" not in fields and "authors" in fields:
        fields["author"] = fields["authors"]
    return fields


def parser(*, footnotes: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 3 * DEEPEST}).enable(["table", "strikethrough"])
    parser.use(deflist_plugin).use(sub_plugin).use(superscript_plugin).use(dialect_plugin)
    for kind in ("html_block", "html_inline"):
        parser.add_render_rule(kind, lambda renderer, tokens, place, options, env: raw_html(tokens[place].content))
    return parser.use(footnote_plugin) if footnotes else parser


def raw_html(text: str) -> str:
    """HTML of the file's own; a comment that nobody began is text."""
    return _NO_TAG.sub("&lt;", text)
