"""The shapes of every answer. From these lines come the types that mypy holds the code to, the OpenAPI file that the
tests hold the answers to, and the tables of `/developers/`. A field may be added; none is renamed or taken away. Pure.
"""

from typing import Annotated, Literal, NotRequired, TypedDict

from api.v1.json_schema import Says

Address = Annotated[str, Says(format="uri")]
Instant = Annotated[str, Says(format="date-time")]
Identifier = Annotated[str, Says("Of a document, over all its editions.")]
EditionIdentifier = Annotated[str, Says("Of one edition, for ever.")]
Language = Annotated[str, Says("A BCP 47 tag.")]
Stage = Annotated[str, Says("comment, incorporating, wrap_up: a draft at that step; final: an outcome.")]


class EntryLine(TypedDict):
    """One resource of the interface. address: an RFC 6570 template."""

    name: str
    address: str
    about: str


class Entry(TypedDict):
    """Where a program begins."""

    name: str
    version: str
    documentation: Address
    openapi: Address
    resources: list[EntryLine]
    exports: list[EntryLine]


class ForumName(TypedDict):
    slug: str
    title: str


class ThemeName(TypedDict):
    slug: str
    label: str


class MeetingName(TypedDict):
    """The annual meeting. igf_number: 0 for the invented year."""

    year: int
    igf_number: int
    city: str
    country: str


class PersonName(TypedDict):
    """Somebody named on the title page of the edition."""

    name: str
    role: str
    organisation: str


class ForumLinks(TypedDict):
    self: Address
    page: Address
    documents: Address
    feed: Address


class Forum(TypedDict):
    """A Best Practice Forum of one year, as its newest public edition names it."""

    year: int
    slug: str
    title: str
    former_titles: list[str]
    meeting: MeetingName
    themes: list[ThemeName]
    fictitious: bool
    documents: Annotated[int, Says("How many documents of it are public.")]
    links: ForumLinks


class MeetingLinks(TypedDict):
    self: Address
    page: Address
    documents: Address
    forums: Address
    sessions: Address
    feed: Address


class Meeting(MeetingName):
    """A year of the library: the annual meeting, as its newest public edition names it."""

    fictitious: bool
    documents: Annotated[int, Says("How many documents of it are public.")]
    forums: Annotated[int, Says("How many forums have public documents.")]
    links: MeetingLinks


class SessionForum(ForumName):
    """A forum that met in a session."""

    year: int


class SessionPerson(TypedDict):
    """Somebody on the panel, as the session's page names them."""

    name: str
    role: str
    organisation: str


class Session(TypedDict):
    """A session at a meeting, in which documents were or will be discussed."""

    number: Annotated[int, Says("Unique among sessions.")]
    title: str
    starts: Instant
    ends: Annotated[str | None, Says("Null where it is not known.")]
    time_zone: Annotated[str, Says("Of the place, as the IANA names it.")]
    place: str
    remote_link: Annotated[str, Says("Address to take part from afar, or empty.")]
    forums: list[SessionForum]
    documents: Annotated[list[str], Says("Identifiers of the documents discussed of which an edition is public.")]
    rapporteur: str
    panel: list[SessionPerson]
    attendance: Annotated[int | None, Says("In the room and online; null where nobody counted.")]
    has_minutes: Annotated[bool, Says("They stand on its page.")]
    recording: Annotated[str, Says("Address, or empty.")]
    captions: Annotated[str, Says("Address, or empty.")]
    fictitious: bool
    page: Address


class DocumentLinks(TypedDict):
    self: Address
    page: Address
    edition: Annotated[Address, Says("The newest public edition.")]
    comments: Address
    history: Address


class Original(TypedDict):
    """What was published elsewhere and is recorded here."""

    date: Annotated[str, Says("When it was published there: a year, month or day; empty where no source tells.")]
    address: Annotated[str, Says("Where it can be read; empty where no address is known.")]
    kind: Annotated[
        Literal["document", "copy", "landing", "about", ""],
        Says("What stands there: the document, a third party's copy, its page, a page about it."),
    ]
    remark: str
    recorded_on: Annotated[str, Says("The day on which it came into this library.", format="date")]


class Document(TypedDict):
    """A document as its newest public edition tells it."""

    identifier: Identifier
    edition: EditionIdentifier
    doi: Annotated[str, Says("Of the document over all its editions; empty where none was registered.")]
    title: str
    subtitle: str
    summary: Annotated[str, Says("Plain text.")]
    language: Language
    year: int
    forum: ForumName
    themes: list[ThemeName]
    authors: Annotated[list[str], Says("Groups, each whole.")]
    kind: str
    stage: Stage
    recorded: Annotated[bool, Says("Adopted elsewhere and recorded here: no consensus was declared on this site.")]
    fictitious: Annotated[bool, Says("Invented, to show how the library works.")]
    project_summary: Annotated[bool, Says("The words are a summary by the library, not the forum's own.")]
    published_at: Annotated[str, Says("When the newest public edition was published.", format="date-time")]
    changed_at: Annotated[str, Says("When its stage or standing last changed.", format="date-time")]
    original: Annotated[Original | None, Says("Null unless recorded.")]
    translation_of: Annotated[
        str, Says("Identifier of the edition that this says in another language and that is authoritative, or empty.")
    ]
    links: DocumentLinks


class EditionName(TypedDict):
    identifier: EditionIdentifier
    number: int
    label: Annotated[str, Says("The forum's own name for it, such as “Draft II”, or empty.")]
    stage: Stage
    is_current: bool
    published_at: Instant
    sha256: str
    address: Address


class Relation(TypedDict):
    """Read: source kind target. Each names a document or an edition."""

    kind: Literal["continues", "supersedes", "merged_into", "corrects", "translates"]
    source: str
    target: str
    note: str


class WholeDocument(Document):
    """A document with every public edition of it, oldest first."""

    editions: list[EditionName]
    relations: list[Relation]


class Citations(TypedDict):
    """Files to cite the edition with, by format."""

    apa: Address
    chicago: Address
    mla: Address
    ieee: Address
    un: Annotated[Address, Says("As the United Nations Editorial Manual writes a footnote.")]
    bibtex: Address
    ris: Address
    csl: Address
    datacite: Address
    dublin_core: Address


class EditionLinks(TypedDict):
    self: Address
    document: Address
    passages: Address
    page: Annotated[Address, Says("For people, for ever.")]
    pdf: Address
    json: Annotated[Address, Says("The text itself, as it was frozen.")]
    docx: Annotated[Address, Says("For Word; each passage in a bookmark of its own.")]
    md: Annotated[Address, Says("Markdown, with its front matter.")]
    txt: Annotated[Address, Says("Plain text.")]
    epub: Annotated[Address, Says("A book for reading devices (EPUB 3).")]
    akn: Annotated[Address, Says("Akoma Ntoso (OASIS LegalDocML 3.0), a `statement`.")]
    linkset: Address
    citations: Citations


class Edition(TypedDict):
    """What was published, with what stood on its title page that day. It never changes; its standing may."""

    identifier: EditionIdentifier
    document: Identifier
    doi: Annotated[str, Says("Of this edition; empty where none was registered.")]
    number: int
    label: str
    title: str
    subtitle: str
    summary: str
    language: Language
    year: int
    forum: ForumName
    meeting: MeetingName
    themes: list[ThemeName]
    authors: list[str]
    people: list[PersonName]
    sources: Annotated[list[str], Says("Public sources of a recorded output.")]
    former_titles: list[str]
    licence: Annotated[str, Says("As the edition states it; empty where none was seen.")]
    kind: str
    stage: Stage
    is_current: Annotated[bool, Says("The newest public edition of its document.")]
    recorded: bool
    fictitious: bool
    project_summary: bool
    published_at: Instant
    changed_at: Instant
    original: Original | None
    translation_of: Annotated[
        str, Says("Identifier of the edition that this says in another language and that is authoritative, or empty.")
    ]
    sha256: Annotated[
        str, Says("SHA-256 of the document as canonical JSON: the file of the ZIP.", pattern="^[0-9a-f]{64}$")
    ]
    relations: list[Relation]
    links: EditionLinks


class Passage(TypedDict):
    """A piece of text that can be cited: a heading, a paragraph, an item, a row of a table."""

    ordinal: Annotated[int, Says("Place in reading order, from 1.")]
    number: Annotated[int, Says("The number a reader cites; 0 for a heading.")]
    anchor: str
    kind: Literal["heading", "paragraph", "item", "row", "figure", "quote", "detail", "note"]
    path: Annotated[list[str], Says("The headings above it, outermost first.")]
    section: Annotated[str, Says("The part it stands in, such as recommendation, or empty.")]
    text: Annotated[str, Says("Plain text, one line.")]
    language: Language
    address: Address


class ExportedPassage(Passage):
    """A passage, with the edition it stands in."""

    edition: EditionIdentifier


class Target(TypedDict):
    """A place in the edition that was commented on."""

    label: str
    address: Address


class Answer(TypedDict):
    """What became of a comment: the newest published answer."""

    outcome: Literal["accepted", "modified", "noted", "rejected", "out_of_scope", "deferred", "duplicate", "withdrawn"]
    response: str
    addressed_in: Annotated[str | None, Says("The edition that carries the change.")]
    duplicate_of: Annotated[int | None, Says("The number of the comment that it repeats.")]
    published_at: Instant


class Comment(TypedDict):
    """A published comment, or the mark that stands in its place. Words are empty unless the standing is published."""

    number: Annotated[int, Says("Unique in the document over all its editions.")]
    address: Address
    edition: EditionIdentifier
    reply_to: int | None
    kind: Literal["general", "substantive", "editorial"]
    language: Language
    published_at: Instant
    standing: Annotated[
        Literal["published", "withheld", "hidden", "withdrawn", "erased"],
        Says("withheld: its author asked that it be considered and not shown."),
    ]
    by: Annotated[str, Says("As its author chose to be named; empty for nobody named and for a name erased.")]
    group: Annotated[str, Says("Stakeholder group, or not_stated.")]
    region: Annotated[str, Says("Regional group, or not_stated.")]
    targets: Annotated[list[Target], Says("Empty for the whole document.")]
    body: str
    proposed: Annotated[str, Says("Proposed wording.")]
    rationale: Annotated[str, Says("Reasons.")]
    answer: Answer | None


class Use(TypedDict):
    """How often an edition was used in a month: programs left out, two clicks within 30 seconds counted once."""

    month: Annotated[str, Says("YYYY-MM, UTC.", pattern="^[0-9]{4}-[0-9]{2}$")]
    edition: EditionIdentifier
    pages: Annotated[int, Says("How often its page was read (COUNTER: investigations).")]
    files: Annotated[int, Says("How often it was downloaded, in any form (COUNTER: requests).")]


class Move(TypedDict):
    """A public step of a document, one link of a chain of hashes."""

    ordinal: int
    at: Instant
    move: str
    source: str
    target: str
    role: str
    by: Annotated[str, Says("Whoever declared consensus; empty for every other step.")]
    reason: str
    set_aside: Annotated[list[str], Says("Conditions that the Secretariat set aside, in the words it saw.")]
    edition: Annotated[str | None, Says("The edition that the step made or changed.")]
    hash: str


class CallLinks(TypedDict):
    document: Address
    edition: Address
    comments: Address


class Call(TypedDict):
    """A call for comment that is open or announced. Half-open: at the closing second it is over."""

    document: Identifier
    edition: EditionIdentifier
    round: int
    title: str
    language: Language
    fictitious: bool
    state: Literal["open", "scheduled"]
    opens: Instant
    soft_deadline: Annotated[str | None, Says("Until then a comment is sure to be heard in the session.")]
    closes: Instant
    announcement: str
    scope_note: str
    questions: list[str]
    languages: Annotated[list[str], Says("Languages asked for; empty for all.")]
    links: CallLinks


class ThemeLinks(TypedDict):
    page: Address
    documents: Address
    feed: Address


class Theme(TypedDict):
    slug: str
    label: str
    documents: Annotated[int, Says("How many public documents belong to it.")]
    links: ThemeLinks


class HitPassage(TypedDict):
    """snippet_html holds escaped text and <mark> only; snippet is the same without marks."""

    anchor: str
    url: str
    snippet_html: str
    snippet: str
    file: Annotated[str, Says("Name of the attached file it stands in, or empty.")]
    original: Annotated[bool, Says("That file is the document as it was published; `anchor` names its page.")]


class Hit(TypedDict):
    """id: identifier of the edition. record: id in the sample library's catalogue, or empty."""

    id: EditionIdentifier
    record: str
    url: str
    title: str
    year: int
    forum: str
    stage: str
    language: Language
    translation_of: Annotated[str, Says("Identifier of the edition that it says in another language, or empty.")]
    superseded: bool
    fictitious: bool
    score: float
    passages: list[HitPassage]
    more_passages: int
    related: Annotated[bool, Says("Found by its meaning: it holds none of the words of the question.")]


class AnswerPanel(TypedDict):
    """One paragraph, as it stands in the edition, that answers a question asked in natural language."""

    aim: Annotated[str, Says("fact, lineage (what became of something) or open (what is still open on it).")]
    id: EditionIdentifier
    title: str
    year: int
    stage: str
    language: Language
    anchor: str
    number: Annotated[int, Says("Of the paragraph; 0 where it has none.")]
    url: str
    text: str


class FacetValue(TypedDict):
    value: str
    label: str
    count: int
    selected: bool


class SearchAnswer(TypedDict):
    """What a search found. degraded: the first engine did not answer. cut: the question was too long."""

    total: int
    page: int
    engine: str
    degraded: bool
    hits: list[Hit]
    facets: dict[str, list[FacetValue]]
    did_you_mean: str | None
    expanded: Annotated[list[str], Says("What was searched besides the words of the question.")]
    related: Annotated[int, Says("How many of the total were found by their meaning alone.")]
    missing: Annotated[list[str], Says("Words of a plain question that stand in no document.")]
    answer: Annotated[AnswerPanel | None, Says("Null where no paragraph is sure to answer.")]
    places: Annotated[int | None, Says("How many places match in the one document that is searched; paged through.")]
    fictitious_left_out: Annotated[
        int, Says("Invented documents that would be found besides; fictitious=yes shows them.")
    ]
    fictitious_alone: Annotated[bool, Says("All hits are invented: no real document holds any of the words.")]
    pages: int
    cut: bool


class DocumentCount(TypedDict):
    """standing: a stage, or `recorded_` and a kind of what was published elsewhere."""

    year: int
    standing: str
    count: int


class ThemeCount(TypedDict):
    """A document with two themes counts for both."""

    theme: Annotated[str, Says("Empty: no theme.")]
    label: str
    year: int
    count: int


class OpenCount(TypedDict):
    """Passages that state what is open."""

    theme: Annotated[str, Says("Empty: no theme.")]
    label: str
    part: Literal["open_question", "challenge", "future_work"]
    count: int


class CommentCount(TypedDict):
    """Comments that have all of this in common, replies apart."""

    year: int
    group: str
    region: str
    language: Language
    outcome: Annotated[str, Says("Of the newest published answer, or unanswered.")]
    count: int


class Statistics(TypedDict):
    """The library in numbers: what is public, each row one number of a table."""

    documents: list[DocumentCount]
    themes: list[ThemeCount]
    left_open: list[OpenCount]
    comments: list[CommentCount]


class Fault(TypedDict):
    parameter: str
    reason: str


class Problem(TypedDict):
    """A refusal, as RFC 9457 shapes it. errors: what was wrong with the question, all of it at once.

    The last three are given with status 410: the edition or document that was withdrawn, when and why.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault]
    identifier: NotRequired[str]
    withdrawn_at: NotRequired[Instant]
    reason: NotRequired[str]


class ListLinks(TypedDict):
    self: Address
    next: Annotated[str | None, Says("The next page; null on the last.", format="uri")]


SHAPE_VERSION = "1.8"
"""Of the interface. The first number is in every address; the second rises with what is added (docs/api.md)."""
