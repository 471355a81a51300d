"""The metadata an edition keeps: what stood on the title page on the day it was published. Pure.

Stored as JSON beside the document, outside its hash (docs/adr/0003): a name may have to be erased from it one day.
"""

from typing import NotRequired, TypedDict

FICTITIOUS_YEAR = 2099
"""All that is invented belongs to this year, so that nobody can take it for the record of a real forum."""


TRANSLATION = "translation"
"""The kind of an edition that says in another language what an edition of another document says."""


class Meeting(TypedDict):
    year: int
    igf_number: int  # 9 = the ninth meeting, 2014; 0 for the fictitious year 2099
    city: str
    country: str
    start: str  # ISO date
    end: str


class Forum(TypedDict):
    slug: str
    code: str  # capitals, as in the identifier
    title: str
    former_titles: list[str]


class Theme(TypedDict):
    slug: str
    label: str


class Person(TypedDict):
    name: str
    role: str
    organisation: str
    source: NotRequired[str]  # address of the page that names the role; since 2026-11


class EditionMetadata(TypedDict):
    identifier: str
    series: str
    number: int
    label: str  # the forum's own name for it, such as "Draft II", or ""
    document_slug: str
    subtitle: str
    summary: str  # plain text, one paragraph
    kind: str  # "outcome", "draft", "summary", "part", "overview", "translation" ...
    meeting: Meeting
    forum: Forum
    themes: list[Theme]
    authors: list[str]  # corporate authors, kept whole
    people: list[Person]
    sources: list[str]  # public sources of a recorded output
    record: str  # id in the sample library's catalogue, or ""
    recorded: bool  # entered by `record`: adopted elsewhere, no declaration claimed here
    fictitious: bool  # belongs to the year 2099
    project_summary: bool  # the text is this project's summary, not the forum's own words
    licence: str
    former_titles: list[str]
    # Of an output that was first published elsewhere. Editions frozen before November 2026 have none of these.
    original_date: NotRequired[str]  # ISO year, month or day, "" where it is not known
    original_address: NotRequired[str]  # where the output itself can be read, ""
    original_kind: NotRequired[str]  # what stands there: "document", "copy", "landing", "about"
    original_remark: NotRequired[str]  # plain text, addresses in it
    translation_of: NotRequired[str]  # of a translation: identifier of the edition that it translates; since 2026-11
    recorded_on: NotRequired[str]  # ISO day on which it came into this library
