"""Why a row of a catalogue is not brought in, or not recorded: codes that are kept, and words for people."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from bpf_pages.importing.foreign_files import REFUSALS
from formats.draft import Unreadable


class Problem(StrEnum):
    YEAR = "year"
    FORUM = "forum"
    FORUM_NAME = "forum name"
    THEME_NAME = "theme name"
    TITLE = "title"
    KIND = "kind"
    DATE = "date"
    DATE_AHEAD = "date ahead"
    LANGUAGE = "language"
    STATE = "state"
    KIND_OF_STATE = "kind of state"
    PEOPLE = "people"
    SOURCE = "source"
    SOURCE_LONG = "source long"
    NO_FILE = "no file"
    FILE_MISSING = "file missing"
    FILES_ALIKE = "files alike"
    ADDRESS = "address"
    TWICE = "twice"
    UNREADABLE = "unreadable"  # detail: of formats.draft.Unreadable
    ROBOTS = "robots"
    PRIVATE = "private"
    STATUS = "status"
    NO_ANSWER = "no answer"
    TOO_MUCH = "too much"
    REFUSED = "refused"
    LOOK = "look"
    NOT_RECORDED = "not recorded"
    FAULT = "fault"


WORDS = {
    Problem.YEAR: _("“%s” is no year of a meeting: write 2006 or later."),
    Problem.FORUM: _("No forum is named."),
    Problem.FORUM_NAME: _("No address can be made of the forum's name “%s”: make its page by hand first."),
    Problem.THEME_NAME: _("No address can be made of the theme's name “%s”: make its page by hand first."),
    Problem.TITLE: _("The title is longer than 255 letters."),
    Problem.KIND: _("“%s” is no kind. The template lists them."),
    Problem.DATE: _("“%s” is no date. Write 2015, 2015-11 or 2015-11-20."),
    Problem.DATE_AHEAD: _("The original date %s lies ahead."),
    Problem.LANGUAGE: _("“%s” is no language of the library. The template lists them."),
    Problem.STATE: _("“%s” is no state. Write recorded final, recorded draft or draft."),
    Problem.KIND_OF_STATE: _("State and kind contradict each other: %s."),
    Problem.PEOPLE: _("This is too long for a name or role: “%s”. Write: role: name (organisation); role: name."),
    Problem.SOURCE: _("What is recorded needs a source: write where it was published."),
    Problem.SOURCE_LONG: _("The source is longer than 1,000 letters."),
    Problem.NO_FILE: _("No file is named. Name one, or have the outputs downloaded from their sources."),
    Problem.FILE_MISSING: _("“%s” is not among the files. Add it below."),
    Problem.FILES_ALIKE: _("Several files are called “%s”. Write the folder too, as in 2015/report.docx."),
    Problem.ADDRESS: _("“%s” is no web address, so nothing can be downloaded. Name a file."),
    Problem.TWICE: _("Row %s says the same forum, title and language."),
    Problem.UNREADABLE: "%s",
    Problem.ROBOTS: _("The server asks programs not to fetch %s. Download it by hand and add the file."),
    Problem.PRIVATE: _("%s was not fetched: it is no address of the public web."),
    Problem.STATUS: _("The server answered %s instead of a file. Download it by hand and add the file, or try again."),
    Problem.NO_ANSWER: _("The server gave no answer (%s). Try again later, or add the file."),
    Problem.TOO_MUCH: _("What stands at the address is larger than 50 MB. Add a smaller file."),
    Problem.REFUSED: "%s",
    Problem.LOOK: _("Compare the draft with its file, then record it: %s"),
    Problem.NOT_RECORDED: _("It could not be recorded: %s"),
    Problem.FAULT: _("An error of this program (%s). The other rows went on. Tell the people who run the library."),
}  # fmt: skip
TRIES_AGAIN = frozenset(
    {Problem.STATUS, Problem.NO_ANSWER, Problem.FILE_MISSING, Problem.FAULT, Problem.NO_FILE, Problem.UNREADABLE}
)
"""Of these a second look may find nothing."""


def in_words(problems: Iterable[Any]) -> list[str]:
    """problems: [code, detail] each, as a row keeps them."""
    return [_said(Problem(code), detail) for code, detail in problems]


def _said(problem: Problem, detail: str) -> str:
    words = str(WORDS[problem])
    if problem == Problem.UNREADABLE:
        detail = str(REFUSALS[Unreadable(detail)])
    return words % detail if "%s" in words else words
