"""Runs as a draft holds them: alike neighbours as one, white space folded, nothing invisible. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from editions.document.model import Mark, Run, Runs

_WIDE_ENDS = frozenset("、．。）】：")

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Controls, soft hyphens, direction overrides, marks of order. Joiners and direction marks stay: letters need them."""
_LINE_ENDS = re.compile("[\v\f\r\x85\u2028\u2029]")
_SPACES = re.compile("[ \t]+")
_AROUND_LINE_END = re.compile(" *\n *")
BREAK = "\n"
_BLANKS = " \u00a0\n"
_Stretch: TypeAlias = tuple[Run, list[str]]  # a style, and the texts in it


def before_words(label: str) -> str:
    """The number or bullet of an item as text before its words: Chinese signs hold their own space."""
    return label if label[-1:] in _WIDE_ENDS else f"{label} "


def tidy(runs: Iterable[Run]) -> Runs:
    """Without white space at either end, before and after a line end, or twice."""
    found: list[_Stretch] = []
    last, is_first = BREAK, True
    for run in runs:
        text = _AROUND_LINE_END.sub(BREAK, _SPACES.sub(" ", _LINE_ENDS.sub(BREAK, _UNSEEN.sub("", run.text))))
        if is_first:
            text = text.lstrip(_BLANKS)
        elif last in (" ", BREAK):
            text = text.lstrip(" ")
        if text.startswith(BREAK):
            _strip_end(found, " ")
        if text:
            last, is_first = text[-1], False
        if text or run.note:
            _add(found, replace(run, text=""), text)
    _strip_end(found, _BLANKS)
    return tuple(replace(style, text="".join(texts)) for style, texts in found)


def _add(found: list[_Stretch], style: Run, text: str) -> None:
    if found and not style.note and found[-1][0] == style:
        found[-1][1].append(text)
    else:
        found.append((style, [text]))


def _strip_end(found: list[_Stretch], what: str) -> None:
    """White space at the end, note marks left standing."""
    marks = []
    while found:
        style, texts = found[-1]
        stripped = ""
        while texts and not (stripped := texts[-1].rstrip(what)):
            texts.pop()
        if texts:
            texts[-1] = stripped
            break
        if style.note:
            marks.append((style, [""]))
        found.pop()
    found += reversed(marks)


def is_said(runs: Iterable[Run]) -> bool:
    return any(run.note or run.text.strip() for run in runs)


def unmarked(runs: Runs, mark: Mark = Mark.STRONG) -> Runs:
    """Without a mark that the whole of it carries: of a heading or a column head it tells nothing."""
    if not all(mark in run.marks for run in runs if run.text.strip()):
        return runs
    return tidy(replace(run, marks=run.marks - {mark}) for run in runs)


def joined(lines: Iterable[Runs], by: str = BREAK) -> Runs:
    """Several lines as one text."""
    found: list[Run] = []
    for line in lines:
        if line:
            found += [Run(by)] * bool(found) + list(line)
    return tidy(found)
