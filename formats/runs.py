"""Runs as a draft holds them: alike neighbours as one, white space folded, nothing invisible. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace

from editions.document.model import Mark, Run, Runs

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Controls, soft hyphens, direction overrides, marks of order. Joiners and direction marks stay: letters need them."""
_LINE_ENDS = re.compile("[\v\f\r\x85\u2028\u2029]")
_SPACES = re.compile("[ \t]+")
_AROUND_LINE_END = re.compile(" *\n *")
BREAK = "\n"


def tidy(runs: Iterable[Run]) -> Runs:
    """Without white space at either end, before and after a line end, or twice."""
    found: list[Run] = []
    last = BREAK
    for run in runs:
        text = _AROUND_LINE_END.sub(BREAK, _SPACES.sub(" ", _LINE_ENDS.sub(BREAK, _UNSEEN.sub("", run.text))))
        if last in (" ", BREAK):
            text = text.lstrip(" \u00a0\n" if not any(one.text for one in found) else " ")
        if text.startswith(BREAK):
            _strip_end(found, " ")
        if text:
            last = text[-1]
        if text or run.note:
            _add(found, replace(run, text=text))
    _strip_end(found, " \u00a0\n")
    return tuple(found)


def _add(found: list[Run], run: Run) -> None:
    before = found[-1] if found else None
    if before is not None and not run.note and not before.note and replace(before, text="") == replace(run, text=""):
        found[-1] = replace(before, text=before.text + run.text)
    else:
        found.append(run)


def _strip_end(found: list[Run], what: str) -> None:
    """White space at the end, note marks left standing."""
    for place in range(len(found) - 1, -1, -1):
        text = found[place].text.rstrip(what)
        found[place] = replace(found[place], text=text)
        if text:
            break
    found[:] = [run for run in found if run.text or run.note]


def text_of(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


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
