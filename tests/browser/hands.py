"""How a person acts on a page, with a mouse or with a keyboard and nothing else, in the language they read.

A label is a text of the catalogues, as gettext_lazy gives it or as a function makes it, and is looked for in the
person's language; a plain string is a name that somebody wrote, the same in each language. A pattern stands for itself.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation.trans_real import DjangoTranslation

from tests.browser import keyboard

MARKS = "[\\s\u2066-\u2069]*"
Words = str | Promise | re.Pattern[str] | Callable[[], str]


def in_scripts(words: str) -> Callable[[], str]:
    """A text that a script says, from the catalogue for scripts."""
    return lambda: str(DjangoTranslation(get_language() or "en", domain="djangojs").gettext(words))


@dataclass
class Hand:
    """With a mouse. Looks for what the accessibility tree shows, so that nothing hidden is ever acted on.

    page: of Playwright; the next page of the same person takes its place. language: of the labels.
    part: of the page, where it looks; the whole page otherwise.
    """

    page: Any
    language: str
    part: Any = None

    def text(self, words: Words) -> str:
        """In the language of the person. Labels made from the name of a field begin with a capital in some."""
        with override(self.language):
            return str(words) if isinstance(words, Promise) or not callable(words) else words()

    def said(self, words: Words) -> re.Pattern[str]:
        """A label whole, without the marks of a field that is required or optional."""
        if isinstance(words, re.Pattern):
            return words
        return re.compile(rf"^{MARKS}{re.escape(self.text(words))}\s*\*?\s*(\([^)]*\))?{MARKS}$", re.IGNORECASE)

    def begins(self, words: Words) -> re.Pattern[str]:
        """For a label that goes on with what this test does not know."""
        return re.compile(f"^{MARKS}{re.escape(self.text(words))}")

    def find(self, role: str, name: Words) -> Any:
        return self.among.get_by_role(role, name=self.said(name)).first

    @property
    def among(self) -> Any:
        return self.page if self.part is None else self.part

    def within(self, role: str, name: Words) -> Self:
        """The same hand, kept to one part of the page."""
        return replace(self, part=self.find(role, name))

    def press(self, role: str, name: Words) -> None:
        self.find(role, name).click()

    def follow(self, role: str, name: Words) -> None:
        """A link or button that leads to another page."""
        with self.page.expect_navigation():
            self.press(role, name)

    def unfold(self, words: Words) -> None:
        """What is folded under these words."""
        self.folded(words).click()

    def folded(self, words: Words) -> Any:
        return self.among.locator("summary", has_text=self.text(words)).first

    def write(self, name: Words, text: str, role: str = "textbox") -> None:
        self.find(role, name).fill(text)

    def choose(self, name: Words, option: Words) -> None:
        """Of a list."""
        self.find("combobox", name).select_option(label=self.text(option))

    def pick(self, option: Words) -> None:
        """Of a list that a script opened, with a field to search it."""
        self.press("option", option)

    def type_into(self, name: Words, text: str) -> None:
        """An editor of rich text, which keeps what it holds: paragraphs end where lines end."""
        self.press("textbox", name)
        self.page.keyboard.type(text)

    def tick(self, name: Words, role: str = "checkbox") -> None:
        self.find(role, name).check()

    def tick_this(self, box: Any) -> None:
        box.check()

    def until(self, true: str) -> None:
        """Wait until a script answers true."""
        keyboard.until(self.page, true)


class Keys(Hand):
    """With a keyboard alone: Tab leads there, and shows that it did (tests.browser.keyboard)."""

    def press(self, role: str, name: Words) -> None:
        keyboard.press(self.page, role, self.said(name), among=self.part)

    def follow(self, role: str, name: Words) -> None:
        keyboard.follow(self.page, role, self.said(name), among=self.part)

    def unfold(self, words: Words) -> None:
        keyboard.tab_to_any(self.page, self.folded(words), self.text(words))
        self.page.keyboard.press("Enter")

    def write(self, name: Words, text: str, role: str = "textbox") -> None:
        keyboard.tab_to(self.page, role, self.said(name), among=self.part)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(self._typed(text, self.find(role, name).get_attribute("type")))

    def type_into(self, name: Words, text: str) -> None:
        keyboard.tab_to(self.page, "textbox", self.said(name), among=self.part)
        self.page.keyboard.type(text)

    def pick(self, option: Words) -> None:
        self.page.locator("[role=listbox] [role=option]").first.wait_for()
        keyboard.tab_to(self.page, "combobox", re.compile("."))
        self.page.keyboard.type(self.text(option))
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def choose(self, name: Words, option: Words) -> None:
        keyboard.tab_to(self.page, "combobox", self.said(name), among=self.part)
        self.page.keyboard.type(self.text(option))

    def tick(self, name: Words, role: str = "checkbox") -> None:
        if role == "radio":
            keyboard.choose(self.page, self.said(name))
            return
        keyboard.press(self.page, role, self.said(name), "Space", among=self.part)

    def tick_this(self, box: Any) -> None:
        keyboard.tab_to_any(self.page, box, "a box to tick")
        self.page.keyboard.press("Space")

    def _typed(self, text: str, kind: str | None) -> str:
        """A date is typed in the order in which this browser shows its parts."""
        if kind == "date":
            year, month, day = text.split("-")
            return month + day + year
        return text
