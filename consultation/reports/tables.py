"""A report as rows of text: the full table, the ISO table, and statistics that reconcile."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultation.iso_comment_template import KIND_NAMES
from consultation.reports.services import UNANSWERED, Content, standing_words
from consultation.vocabulary import COUNTED, Channel, Kind, Moderation, Outcome, Region, StakeholderGroup
from core.languages.names import name_here

COLUMNS = (
    "Comment", "Edition", "Reply to", "Places", "Kind", "Received", "By", "Late", "Language", "Stakeholder group",
    "Region", "Name", "Standing", "Comment text", "Proposed wording", "Reasons", "Outcome", "Response", "Addressed in",
    "Duplicate of", "Commenter",
)  # fmt: skip


def full_rows(content: Content) -> list[list[Any]]:
    """One row a comment in the order of COLUMNS: numbers, moments, and text, which is "" where there is nothing."""
    rows = []
    for row in content.data["comments"]:
        words = content.texts.get(str(row["number"]), {})
        note = standing_words(row, words)
        rows.append(
            [
                row["number"], row["edition"], row["parent"], places_text(row), row["kind"],
                datetime.fromisoformat(row["received"]),
                row["via"], "late" if row["late"] else "", row["language"], row["group"], row["region"],
                words.get("name", ""),
                row["standing"], words.get("body", "") or (f"[{note}]" if note else ""), words.get("proposed", ""),
                words.get("rationale", ""), row["outcome"], row["response"], row["addressed_in"], row["duplicate_of"],
                row["verdict"],
            ]
        )  # fmt: skip
    return [["" if cell is None else cell for cell in row] for row in rows]


def iso_rows(content: Content) -> list[list[str]]:
    """The eight columns of the ISO comment form. Replies are left out: the form has no place for them."""
    rows = []
    for row in content.data["comments"]:
        if row["parent"] is not None or row["standing"] == Moderation.SPAM:
            continue
        words = content.texts.get(str(row["number"]), {})
        note = standing_words(row, words)
        outcome = str(Outcome(row["outcome"]).label) if row["outcome"] else ""
        answer = ". ".join(part for part in (outcome, row["response"], row["addressed_in"]) if part)
        text = words.get("body", "") or (f"[{note}]" if note else "")
        cells = [words.get("name", ""), places_text(row), "", "", KIND_NAMES[Kind(row["kind"])], text,
                 words.get("proposed", ""), answer]  # fmt: skip
        rows.append(cells)
    return rows


def places_text(row: dict[str, Any]) -> str:
    """`¶ 3, ¶ 4`, `h2` for a heading, `document` for the whole."""
    return ", ".join(f"¶ {anchor[1:]}" if anchor.startswith("p") else anchor for anchor in row["targets"])


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a statistic. share: of the largest, 0 to 100, for drawing."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Statistic:
    """Counts by one property; they add up to total."""

    name: str
    title: str
    bars: tuple[Bar, ...]
    total: int


def counted(content: Content) -> list[dict[str, Any]]:
    return [row for row in content.data["comments"] if row["standing"] in COUNTED and row["parent"] is None]


def statistics(content: Content) -> list[Statistic]:
    """Received comments by group, region, channel, kind, language and outcome. Each adds up to all of them."""
    rows = counted(content)
    languages = [(code, name_here(code)) for code in sorted({row["language"] for row in rows})]

    def outcome(row: dict[str, Any]) -> str:
        if row["outcome"]:
            return str(row["outcome"])
        return Outcome.WITHDRAWN if row["standing"] == Moderation.WITHDRAWN else UNANSWERED

    return [
        _statistic("group", _("Stakeholder group"), StakeholderGroup.choices, rows, lambda row: row["group"]),
        _statistic("region", _("Regional group"), Region.choices, rows, lambda row: row["region"]),
        _statistic("via", _("How they came in"), Channel.choices, rows, lambda row: row["via"]),
        _statistic("kind", _("Kind"), Kind.choices, rows, lambda row: row["kind"]),
        _statistic("language", pgettext("statistic", "Language"), languages, rows, lambda row: row["language"]),
        _statistic("outcome", _("Answer"), [*outcome_labels().items()], rows, outcome),
    ]


def outcome_labels() -> dict[str, str]:
    """Every answer that a received comment can have, and the words for having none yet, in the order of tables."""
    return {value: str(label) for value, label in Outcome.choices} | {UNANSWERED: _("Not yet answered")}


def _statistic(
    name: str,
    title: str,
    choices: Sequence[tuple[str, Any]],
    rows: Sequence[dict[str, Any]],
    of: Callable[[dict[str, Any]], str],
) -> Statistic:
    found = Counter(of(row) for row in rows)
    largest = max(found.values(), default=1)
    bars = tuple(
        Bar(str(label), found.get(value, 0), round(100 * found.get(value, 0) / largest)) for value, label in choices
    )
    return Statistic(name, title, bars, sum(bar.count for bar in bars))


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A first-level comment as the printed annex shows it. No name: a printed file cannot be taken back.

    language: of text; "" where words of ours stand in its place.
    """

    number: int
    places: str
    text: str
    language: str
    decision: str
    answer: str


def annex_rows(content: Content) -> list[AnnexRow]:
    """The report's own rows for print: what was hidden, withheld or erased says so. Spam and replies are left out."""
    rows = []
    for row in content.data["comments"]:
        if row["parent"] is not None or row["standing"] == Moderation.SPAM:
            continue
        words = content.texts.get(str(row["number"]), {})
        parts = [words.get("body", "") or standing_words(row, words)]
        if words.get("proposed"):
            parts.append(_("Proposed wording: %s") % words["proposed"])
        if words.get("rationale"):
            parts.append(_("Reasons: %s") % words["rationale"])
        answer = " ".join(part for part in (row["response"], row["addressed_in"]) if part)
        text = "\n".join(part for part in parts if part)
        language = row["language"] if words.get("body") else ""
        rows.append(AnnexRow(row["number"], places_text(row), text, language, outcome_name(row), answer))
    return rows


def outcome_name(row: dict[str, Any]) -> str:
    if row["outcome"]:
        return str(Outcome(row["outcome"]).label)
    return str(Outcome.WITHDRAWN.label) if row["standing"] == Moderation.WITHDRAWN else _("Not yet answered")


def annex_note(content: Content) -> str:
    """The numbers above the annex, which add up, and the hash of the data that they come from."""
    counts = content.data["counts"]
    outcomes = [(str(Outcome(name).label), counts["outcomes"][name]) for name in Outcome.values]
    outcomes.append((_("Not yet answered"), counts["outcomes"][UNANSWERED]))
    parts = "; ".join(f"{label}: {count}" for label, count in outcomes if count)
    sums = _("Comments received: %(received)d (%(parts)s).") if parts else _("Comments received: %(received)d.")
    return f"{sums % {'received': counts['received'], 'parts': parts}} SHA-256 {content.sha256}"
