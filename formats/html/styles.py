"""What style sheets, classes and style attributes say of emphasis and of what is shown. Pure.

A small part of CSS: selectors of tags, classes and ids, also in each other; inherited by the text in an element.
"""

import re
from dataclasses import dataclass, field

from editions.document.model import Mark
from formats.html.tree import COMMENT, TEXT, Node
from formats.web.runs import Style

LONGEST_SHEET = 2_000_000  # characters
_COMMENTS = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,20000})\{([^{}]*)\}")
_SIMPLE = re.compile(r"([a-zA-Z][\w-]*)?(?:\.([\w-]+))?(?:#([\w-]+))?")
_COMPOUND = re.compile(r"([a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)")
MOST_RULES = 5000  # with more than one part
MOST_NESTED = 6  # parts
MOST_LOOKS = 1_500_000  # rules tried in a file: 4 s of CPU were measured for as many
_GROUPS = re.compile(r"@(?:media\s+(?:all|screen)[^{]*|layer[^{]*|supports[^{]*)\{", re.IGNORECASE)
_SKIPPED = re.compile(
    r"@(?:media|font-face|page|list|keyframes|-webkit-keyframes)[^{;]*\{(?:[^{}]|\{[^{}]*\})*\}", re.IGNORECASE
)
_WANTED = re.compile(
    r"(?:^|;)\s*(font-weight|font-style|font-size|font|vertical-align|text-decoration(?:-line)?|display|visibility|mso-hide|"
    r"mso-list|mso-element|mso-comment-author|mso-comment-date|mso-comment-reference|mso-outline-level|margin-left|"
    r"font-family|list-style-type|list-style|mso-special-character|white-space|text-align|text-indent|position|left|right|top|clip-path|clip)\s*:\s*([^;]*)",
    re.IGNORECASE,
)
Declarations = dict[str, str]


def declarations(text: str) -> Declarations:
    """Of a style attribute or the inside of a rule, the properties that matter here."""
    found = {name.lower(): value.strip() for name, value in _WANTED.findall(text)}
    return {name: re.sub(r"\s*!important$", "", value) for name, value in found.items()}


@dataclass(frozen=True, slots=True)
class Compound:
    """One part of a selector, such as `div.note.small`."""

    tag: str
    names: frozenset[str]
    place: str

    def fits(self, node: Node) -> bool:
        return (
            (not self.tag or self.tag == node.tag)
            and (not self.place or self.place == node.attributes.get("id"))
            and self.names.issubset(node.classes)
        )


def _stands_in(node: Node, parts: tuple[Compound, ...]) -> bool:
    waiting = list(parts)
    for outer in node.ancestors():
        if not waiting:
            return True
        if waiting[-1].fits(outer):
            waiting.pop()
    return not waiting


@dataclass(slots=True)
class StyleSheet:
    by_tag: dict[str, Declarations] = field(default_factory=dict)
    by_class: dict[str, Declarations] = field(default_factory=dict)
    by_both: dict[tuple[str, str], Declarations] = field(default_factory=dict)
    by_id: dict[str, Declarations] = field(default_factory=dict)
    nested: dict[str, list[tuple[tuple["Compound", ...], Declarations]]] = field(default_factory=dict)
    _nested_count: int = 0
    _looked_at: int = 0

    def add(self, text: str) -> None:
        text = _COMMENTS.sub(" ", text[:LONGEST_SHEET])
        text = _SKIPPED.sub(" ", _GROUPS.sub(" ", text))
        for selectors, inside in _RULE.findall(text):
            if found := declarations(inside):
                for selector in selectors.split(","):
                    self._rule(selector.strip(), found)

    def _rule(self, selector: str, found: Declarations) -> None:
        match = _SIMPLE.fullmatch(selector)
        if not selector:
            return
        if not match:
            self._nested_rule(selector, found)
            return
        tag, name, place = (match[1] or "").lower(), match[2] or "", match[3] or ""
        if place:
            self.by_id.setdefault(place, {}).update(found)
        elif tag and name:
            self.by_both.setdefault((tag, name), {}).update(found)
        elif name:
            self.by_class.setdefault(name, {}).update(found)
        else:
            self.by_tag.setdefault(tag, {}).update(found)

    def _nested_rule(self, selector: str, found: Declarations) -> None:
        """`div.z p`, `.a > .b`, `.a.b`: what must be around is looked for at any distance."""
        parts = [_COMPOUND.fullmatch(part) for part in re.split(r"\s*>\s*|\s+", selector)[-MOST_NESTED:]]
        if self._nested_count >= MOST_RULES or not all(part and part[0] for part in parts):
            return
        self._nested_count += 1
        told = tuple(
            Compound(
                (part[1] or "").lower(),
                frozenset(re.findall(r"\.([\w-]+)", part[2])),
                (re.findall(r"#([\w-]+)", part[2]) or [""])[0],
            )
            for part in parts
            if part is not None
        )
        last = told[-1]
        key = f"#{last.place}" if last.place else f".{min(last.names)}" if last.names else last.tag
        self.nested.setdefault(key, []).append((told, found))

    def _nested_for(self, node: Node) -> Declarations:
        said: Declarations = {}
        keys = [node.tag, *(f".{name}" for name in node.classes), f"#{node.attributes.get('id', '')}"]
        for key in keys:
            rules = self.nested.get(key, ())
            self._looked_at += len(rules)
            if self._looked_at > MOST_LOOKS:
                break
            for parts, found in rules:
                if parts[-1].fits(node) and _stands_in(node, parts[:-1]):
                    said.update(found)
        return said

    def computed(self, node: Node) -> Declarations:
        """What is said of this element itself; nothing is inherited yet."""
        found = dict(self.by_tag.get(node.tag, ()))
        for name in node.classes:
            found.update(self.by_class.get(name, ()))
        for name in node.classes:
            found.update(self.by_both.get((node.tag, name), ()))
        if self.nested:
            found.update(self._nested_for(node))
        found.update(self.by_id.get(node.attributes.get("id", ""), ()))
        if said := node.attributes.get("style"):
            found.update(declarations(said))
        return found


def sheet_of(top: Node) -> StyleSheet:
    """The sheet of all <style> elements; what it says stands in each node's `css` afterwards."""
    sheet = StyleSheet()
    nodes = list(top.walk())
    for node in nodes:
        if node.tag == "style":
            sheet.add("".join(child.text for child in node.children if child.tag in (TEXT, COMMENT)))
    for node in nodes:
        if not node.tag.startswith("#"):
            node.css = sheet.computed(node)
    return sheet


MARKS = {
    "b": Mark.STRONG, "strong": Mark.STRONG, "i": Mark.EMPHASIS, "em": Mark.EMPHASIS, "cite": Mark.EMPHASIS,
    "dfn": Mark.EMPHASIS, "var": Mark.EMPHASIS, "code": Mark.CODE, "kbd": Mark.CODE, "samp": Mark.CODE, "tt": Mark.CODE,
    "sup": Mark.SUPERSCRIPT, "sub": Mark.SUBSCRIPT, "s": Mark.DELETED, "strike": Mark.DELETED,
}  # fmt: skip
_NO_SIZE = re.compile(r"0+(?:\.0+)?\s*(?:px|pt|em|rem|%)?")
_SPOKEN_ONLY = frozenset({
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "element-invisible",
    "usa-sr-only", "u-visually-hidden", "govuk-visually-hidden", "assistive-text", "a11y-hidden", "offscreen",
})  # fmt: skip
_CUT_AWAY = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)", re.IGNORECASE)
_INSET_AWAY = re.compile(r"inset\(\s*(?:50|100)%", re.IGNORECASE)
_FAR_OFF = re.compile(r"-(?:\d{4,}(?:\.\d+)?(?:px|pt)|\d{3,}(?:\.\d+)?(?:em|rem|%|vw))", re.IGNORECASE)
_NO_SCRIPT_MARKS = frozenset({Mark.SUPERSCRIPT, Mark.SUBSCRIPT})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")


def language_tag(text: str) -> str:
    """A BCP 47 tag as it is usually written, "" for what is none."""
    text = text.strip().replace("_", "-")
    if not _LANGUAGE.fullmatch(text) or text.lower() in ("und", "zxx", "none", "x-none"):
        return ""
    first, *rest = text.split("-")
    return "-".join(
        [
            first.lower(),
            *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest),
        ]
    )


def style_in(node: Node, outer: Style) -> Style:
    """The style of text directly in this element. A link's target is the reader's business."""
    marks = set(outer.marks)
    if mark := MARKS.get(node.tag):
        marks -= _NO_SCRIPT_MARKS if mark in _NO_SCRIPT_MARKS else set()
        marks.add(mark)
    _emphasis(node.css, marks)
    language = language_tag(node.attributes.get("lang", "") or node.attributes.get("xml:lang", "")) or outer.language
    kept = node.css.get("white-space", "")
    kept_space = (
        kept.startswith("pre") if kept else outer.kept_space or node.tag in ("pre", "xmp", "plaintext", "listing")
    )
    return Style(frozenset(marks), outer.href, language, kept_space)


def _emphasis(css: Declarations, marks: set[Mark]) -> None:
    if not css:
        return
    if weight := css.get("font-weight", "").lower():
        _set(
            marks,
            Mark.STRONG,
            weight in ("bold", "bolder") or (weight.isdigit() and int(weight[:5]) >= 600),
            weight != "inherit",
        )
    if slant := css.get("font-style", "").lower():
        _set(marks, Mark.EMPHASIS, slant.startswith(("italic", "oblique")), slant == "normal")
    if raised := css.get("vertical-align", "").lower():
        if raised in ("super", "sub"):
            marks -= _NO_SCRIPT_MARKS
            marks.add(Mark.SUPERSCRIPT if raised == "super" else Mark.SUBSCRIPT)
        elif raised == "baseline":
            marks -= _NO_SCRIPT_MARKS
    if "line-through" in (css.get("text-decoration", "") + css.get("text-decoration-line", "")):
        marks.add(Mark.DELETED)


def _set(marks: set[Mark], mark: Mark, on: bool, off: bool) -> None:
    if on:
        marks.add(mark)
    elif off:
        marks.discard(mark)


def _sets_size_inside(node: Node) -> bool:
    """Pages set a size of nothing to close gaps, and a real one on what stands in it."""
    return any(inner is not node and "font-size" in inner.css for inner in node.walk())


def is_off_screen(node: Node) -> bool:
    """Words for screen readers alone: of a class that sites share for them, cut to nothing, or moved off the page."""
    css = node.css
    if _SPOKEN_ONLY.intersection(name.lower() for name in node.classes):
        return True
    if _FAR_OFF.fullmatch(css.get("text-indent", "")):
        return True
    if css.get("position", "").lower() not in ("absolute", "fixed"):
        return False
    cut = _CUT_AWAY.fullmatch(css.get("clip", "")) or _INSET_AWAY.match(css.get("clip-path", ""))
    return bool(cut) or any(_FAR_OFF.fullmatch(css.get(side, "")) for side in ("left", "top", "right"))


def is_hidden(node: Node) -> bool:
    css = node.css
    return (
        "hidden" in node.attributes
        or css.get("display", "").lower() == "none"
        or css.get("visibility", "").lower() in ("hidden", "collapse")
        or css.get("mso-hide", "").lower() == "all"
        or (bool(_NO_SIZE.fullmatch(css.get("font-size", ""))) and not _sets_size_inside(node))
    )


def points(size: str) -> float:
    """A font size in points, 0 where it is relative or unknown."""
    match = re.match(r"([\d.]{1,8})\s*(pt|px)", size)
    try:
        return float(match[1]) * (0.75 if match[2] == "px" else 1) if match else 0.0
    except ValueError:
        return 0.0


def inches(length: str) -> float:
    match = re.match(r"(-?[\d.]{1,8})\s*(in|pt|cm|mm|px)", length)
    try:
        return (
            float(match[1]) * {"in": 1, "pt": 1 / 72, "cm": 1 / 2.54, "mm": 1 / 25.4, "px": 1 / 96}[match[2]]
            if match
            else 0.0
        )
    except ValueError:
        return 0.0
