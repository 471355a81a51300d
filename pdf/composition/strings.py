"""The words that the printed page adds to an edition's text, in the six languages of the United Nations. Pure.

They follow the language of the document, not of a reader, and belong to the bytes of the file: so they stand in
`printed_strings/` and not in a message catalogue that may change between two printings.
"""

import json
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from editions.document.metadata import EditionMetadata


class Words(TypedDict):
    """Words and sentences; the comment names what a sentence is filled with."""

    contents: str
    page: str  # {page}, {total}
    identifier: str
    stage: str
    published: str
    kept_since: str
    original: str
    language: str
    edition: str
    licence: str
    address: str
    newest: str
    hash: str
    status: str
    cite: str
    draft: str
    not_final: str
    closes: str  # {date}
    recorded: str
    summary_of: str
    translates: str  # {identifier}
    superseded: str  # {identifier}
    corrects: str  # {identifier}
    accessible: str
    notes: str
    qr: str  # {address}
    replaced: str
    changes: str
    changes_text: str  # {former}, {added}, {changed}, {removed}
    declaration: str
    declared: str  # {by}, {role}, {date}
    objections: str
    dissent: str
    dispositions: str
    disposition_heads: str  # five heads separated by |
    sources: str
    contributors: str
    authors: str
    image_missing: str
    sheet_continued: str
    forum_of: str  # {forum}
    meeting: str  # {number}, {place}, {year}
    brief: str
    key_points: str
    open_questions: str
    yearbook: str  # {year}
    theme_volume: str  # {theme}
    index: str
    fictitious: str
    sessions: str
    log_head: str  # {ordinal}
    attendance: str  # {count}
    compared: str  # {new}, {old}
    redline_key: str  # {removed}, {added}
    removed: str  # spoken before removed words
    added: str
    back: str  # of a note, to its mark
    figure: str  # {number}
    table: str  # {number}
    figures: str  # above the list of them
    tables: str
    access: str  # what a book says of its accessibility


LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")

LANGUAGE_NAMES = {"ar": "العربية", "zh": "中文", "en": "English", "fr": "Français", "ru": "Русский", "es": "Español"}
"""Each language in itself, as the United Nations lists them."""


class _Stage(TypedDict):
    name: str
    meaning: str


class _Vocabulary(TypedDict):
    """stages: by value of workflow.states.State. kinds: by value of SectionKind. details: names of

    the facts of typed blocks. roles: by value of workflow.states.Role. recorded: what a document recorded from
    elsewhere is, by its kind in the metadata.
    """

    words: Words
    stages: dict[str, _Stage]
    kinds: dict[str, str]
    details: dict[str, str]
    roles: dict[str, str]
    recorded: dict[str, str]


def has_words(language: str) -> bool:
    """Whether a BCP 47 tag is of one of the six."""
    return language.split("-")[0].lower() in LANGUAGES


def primary(language: str) -> str:
    """The language whose words serve a BCP 47 tag: its primary subtag where known, else English."""
    return language.split("-")[0].lower() if has_words(language) else "en"


@cache
def _vocabulary(language: str) -> _Vocabulary:
    path = Path(__file__).parent / "printed_strings" / f"{language}.json"
    return cast(_Vocabulary, json.loads(path.read_text("utf-8")))


def words_in(language: str) -> Words:
    return _vocabulary(primary(language))["words"]


def stage_name(stage: str, language: str) -> str:
    found = _vocabulary(primary(language))["stages"].get(stage)
    return found["name"] if found else stage


def stage_meaning(stage: str, language: str) -> str:
    """What the stage means and what comes next, in one or two sentences; "" for a stage without a public edition."""
    found = _vocabulary(primary(language))["stages"].get(stage)
    return found["meaning"] if found else ""


def recorded_name(kind: str, language: str) -> str:
    """What stands in place of a stage where a document claims no consensus declared here."""
    recorded = _vocabulary(primary(language))["recorded"]
    return recorded.get(kind, recorded["outcome"])


def standing_name(stage: str, metadata: EditionMetadata, language: str) -> str:
    """The stage in words. A recorded output claims no consensus declared here, so it is named by what it is."""
    return recorded_name(metadata["kind"], language) if metadata["recorded"] else stage_name(stage, language)


def detail_name(name: str, language: str) -> str:
    return _vocabulary(primary(language))["details"].get(name, name.replace("_", " ").capitalize())


def role_name(role: str, language: str) -> str:
    """A role of the library's own in words; what an author wrote stays."""
    return _vocabulary(primary(language))["roles"].get(role.strip().lower().replace(" ", "_"), role)


def kind_name(kind: str, language: str) -> str:
    """What a typed block is called above its title."""
    return _vocabulary(primary(language))["kinds"].get(kind, kind)
