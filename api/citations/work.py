"""The citable work that bibliography programs are given: title, authors, date, identifiers. Pure."""

import re
from dataclasses import dataclass

from editions.document.citation_styles import PUBLISHER, Cited, whole_title
from editions.document.doi import doi_address

_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]+")


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """An edition that says the same in another language. address: where its DOI leads, else its own."""

    identifier: str
    title: str
    language: str
    address: str


@dataclass(frozen=True, slots=True)
class Work:
    """A document, an edition or one paragraph of it.

    identifier: of the edition, or of the document over all its editions. issued: ISO day, month or year, or "".
    available: ISO day since which the library keeps what was published elsewhere, or "". original: where that can be
    read, or "".
    version: number of the edition, "" for a document. genre: the kind of text in English. others: (DataCite relation,
    absolute address). translation_of, translations: editions in other languages. address: the lasting one, with the
    paragraph's anchor. doi: of the edition or the document, or "".
    """

    identifier: str
    authors: tuple[str, ...]
    title: str
    issued: str
    language: str
    address: str
    subtitle: str = ""
    version: str = ""
    note: str = ""
    paragraph: int = 0
    genre: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    licence: str = ""
    available: str = ""
    original: str = ""
    others: tuple[tuple[str, str], ...] = ()
    doi: str = ""
    translation_of: OtherLanguage | None = None
    translations: tuple[OtherLanguage, ...] = ()
    publisher: str = PUBLISHER

    @property
    def full_title(self) -> str:
        return whole_title(self.title, self.subtitle)

    @property
    def year(self) -> int:
        return int(self.issued[:4]) if self.issued else 0

    @property
    def key(self) -> str:
        return f"{self.identifier}-p{self.paragraph}" if self.paragraph else self.identifier

    @property
    def cited(self) -> Cited:
        return Cited(
            self.authors, self.year, self.full_title, self.identifier, self.note, self.paragraph, self.named_by
        )

    @property
    def named_by(self) -> str:
        """The address that a citation names it by: where a DOI leads, else its own. A paragraph has its own alone."""
        return doi_address(self.doi) if self.doi and not self.paragraph else self.address

    @property
    def dates(self) -> tuple[tuple[str, str], ...]:
        """(ISO date, DataCite type): when it was published, and since when the library keeps it."""
        known = ((self.issued, "Issued"), (self.available, "Available"))
        return tuple((day, kind) for day, kind in known if day)

    @property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """The editions around it, and those in other languages."""
        source = (("IsTranslationOf", self.translation_of.address),) if self.translation_of else ()
        return (*self.others, *source, *(("HasTranslation", each.address) for each in self.translations))

    @property
    def related(self) -> tuple[tuple[str, str], ...]:
        """What stands beside it, and the original that it records."""
        return (*self.beside, ("IsDerivedFrom", self.original)) if self.original else self.beside

    @property
    def remarks(self) -> tuple[str, ...]:
        paragraph = (f"para. {self.paragraph}",) if self.paragraph else ()
        return (*paragraph, self.note) if self.note else paragraph


def one_line(text: str) -> str:
    """Without line ends and other controls: no value can begin a field of its own."""
    return " ".join(_CONTROLS.sub(" ", text).split())
