"""The examples of the help page. A test asks each of them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    meaning: Any

    @property
    def query(self) -> str:
        return urlencode({"q": self.text})


def examples() -> tuple[Example, ...]:
    return (
        Example("spam regulation", _("documents with both words, then those with one of them")),
        Example('"rough consensus"', _("exactly these words in this order")),
        Example('"local content"~3', _("these words in this order, at most three others between them")),
        Example("women -refugee", _("documents with the first word and without the second")),
        Example("women AND disabilities", _("documents that hold both words, and no others")),
        Example("CERT OR IXP", _("either of the two")),
        Example("multi*", _("words that begin so, from three letters on")),
        Example("title:cybersecurity", _("the word in the title")),
        Example("IPv6 year:2015..2016", _("limited to these years; year:2015 and year:2016.. work too")),
        Example("women theme:gender", _("limited to a theme; stage, kind, language and meeting work so too")),
        Example("BPF 2014 spam", _("a document by its identifier, in any spelling")),
    )
