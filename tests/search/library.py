"""A small fictitious library of 2099, frozen by the real services."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from editions import services
from editions.document.model import Document, Heading, Paragraph, Run, Section, SectionKind
from editions.models import Edition
from editions.services import Draft

Part = str | tuple[SectionKind, str]


def publish(
    title: str,
    *parts: Part,
    code: str = "",
    forum: str = "lamps",
    year: int = 2099,
    language: str = "en",
    stage: str = "final",
    theme: str = "harbours",
    at: datetime | None = None,
    summary: str = "",
    recorded: str = "",
    fictitious: bool = True,
) -> Edition:
    """Freeze the next edition of a document of these paragraphs; a pair is a typed block. recorded: a kind.

    fictitious: what the edition says of itself; a library of nothing else is searched like any other."""
    code = code or "".join(letter for letter in title.upper() if letter.isascii() and letter.isalnum())[:20] or "X"
    series = f"BPF-{year}-{forum.upper()}-{code}"
    told = metadata(forum, year, theme, summary) | {"fictitious": fictitious}
    if recorded:
        told |= {"recorded": True, "kind": recorded}
    draft = Draft(series, year, forum, code.lower(), document(title, language, *parts), told)
    return services.freeze(draft, page=None, stage=stage, at=at or timezone.now())


def document(title: str, language: str, *parts: Part) -> Document:
    blocks: list[Any] = [Heading("h", 1, (Run("Part one"),))]
    for number, part in enumerate(parts or ("Nothing to add.",)):
        text = part if isinstance(part, str) else part[1]
        paragraph = Paragraph(f"p{number}", (Run(text),))
        if isinstance(part, str):
            blocks.append(paragraph)
        else:
            blocks.append(Section(f"s{number}", part[0], (), (), (paragraph,)))
    return Document(title, language, tuple(blocks))


def metadata(forum: str, year: int, theme: str, summary: str) -> dict[str, Any]:
    return {
        "document_slug": "", "subtitle": "", "summary": summary, "kind": "outcome",
        "meeting": {"year": year, "igf_number": 0, "city": "Port Fiction", "country": "an invented country",
                    "start": f"{year}-01-01", "end": f"{year}-01-02"},
        "forum": {"slug": forum, "code": forum.upper(), "title": f"Fictitious forum on {forum}", "former_titles": []},
        "themes": [{"slug": theme, "label": theme.title()}], "authors": ["A fictitious forum"], "people": [],
        "sources": [], "record": "", "recorded": False, "fictitious": True, "project_summary": False, "licence": "",
        "former_titles": [],
    }  # fmt: skip


def withdraw(edition: Edition) -> None:
    services.withdraw(edition.series, "Fictitious reason.", timezone.now())
