"""A report as a neutral document, so that whatever prints editions prints it too, with the same one escaping."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from consultation.report_tables import places_text
from consultation.reports import Content, standing_words
from consultation.vocabulary import Outcome
from editions.document import Block, Document, Heading, Paragraph, Row, Run, Table


def document_of(content: Content, language: str = "en") -> Document:
    """The annex of an outcome: numbers first, then each comment with its answer. User text stays plain runs."""
    return Document(
        title=_("What became of the comments"),
        subtitle=content.data["title"],
        language=language,
        blocks=tuple(_blocks(content)),
    )


def _blocks(content: Content) -> Iterator[Block]:
    counts = content.data["counts"]
    yield Paragraph("hash", _text(f"{content.data['edition']} · SHA-256 {content.sha256}"))
    outcomes = [(str(Outcome(name).label), counts["outcomes"][name]) for name in Outcome.values]
    rows = [*outcomes, (_("Not yet answered"), counts["outcomes"]["unanswered"]), (_("Sum"), counts["received"])]
    head = Row("counts-0", (_text(_("Answer")), _text(_("Comments"))))
    body = [Row(f"counts-{at}", (_text(label), _text(str(count)))) for at, (label, count) in enumerate(rows, start=1)]
    yield Table("counts", _text(_("Answers, by number")), (head, *body), header_column=True)
    for row in content.data["comments"]:
        key = f"comment-{row['number']}"
        words = content.texts.get(str(row["number"]), {})
        yield Heading(key, 1, _text(_("Comment %d") % row["number"]))
        facts = [words.get("name", ""), places_text(row), row["kind"], row["received"][:10]]
        yield Paragraph(f"{key}-facts", _text(" · ".join(fact for fact in facts if fact)))
        parts = [words.get("body", "") or standing_words(row, words)]
        if words.get("proposed"):
            parts.append(_("Proposed wording: %s") % words["proposed"])
        if words.get("rationale"):
            parts.append(_("Reasons: %s") % words["rationale"])
        for at, part in enumerate(part for part in parts if part):
            yield Paragraph(f"{key}-text-{at}", (Run(part, language=row["language"]),))
        if row["outcome"]:
            answer = ": ".join(part for part in (str(Outcome(row["outcome"]).label), row["response"]) if part)
            where = f" ({row['addressed_in']})" if row["addressed_in"] else ""
            yield Paragraph(f"{key}-answer", _text(_("Answer: %s") % answer + where))


def _text(text: str) -> tuple[Run, ...]:
    return (Run(text),)
