"""The disposition report: one body of data from which page, CSV, XLSX, ISO table and JSON are drawn.

What is hashed holds no personal text, only seals of it; the words and names stand beside, and can be erased while
the hash still holds (docs/adr/0051).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from consultation.comments.models import Comment
from consultation.comments.near_duplicates import clusters
from consultation.periods.models import Period
from consultation.reports.models import Report
from consultation.vocabulary import COUNTED, Moderation, Outcome
from editions.models import Edition
from workflow.transitions.models import Process

VERSION = 1
UNANSWERED = "unanswered"


class UnreadableReport(Exception):
    """JSON that is no report of a known version, or whose hash does not hold. `reason` says what is wrong."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Content:
    """data: hashed, JSON-ready. texts: words and names by comment number, with the salts of their seals."""

    data: dict[str, Any]
    texts: dict[str, dict[str, str]]

    @property
    def sha256(self) -> str:
        return digest(self.data)


def digest(data: Mapping[str, Any]) -> str:
    """Hexadecimal SHA-256 over the data as JSON: UTF-8, sorted keys, no spaces."""
    body = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def seal(text: str, salt: str) -> str:
    """Stands for a text in the hashed part; "" for none. Nobody can guess the text from it once the salt is gone."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest() if text else ""


def content_of(process: Process, edition: Edition) -> Content:
    """The report as the tables stand now. The same tables give the same hash."""
    comments = Comment.objects.filter(series=process.series).exclude(
        moderation__in=[Moderation.UNCONFIRMED, Moderation.PENDING]
    )
    ordered = list(comments.for_reading().order_by("number"))
    rows, texts = [], {}
    for comment in ordered:
        row, words = _row(comment)
        rows.append(row)
        if words:
            texts[str(comment.number)] = words
    periods = Period.objects.filter(process=process, cancelled_at=None).with_edition()
    data = {
        "version": VERSION,
        "series": process.series,
        "edition": edition.identifier,
        "edition_sha256": edition.sha256,
        "title": edition.title,
        "periods": [
            {
                "edition": period.edition.identifier,
                "opens": period.opens.isoformat(),
                "closes": period.closes.isoformat(),
            }
            for period in periods
        ],
        "comments": rows,
        "counts": counts_of(rows) | {"different_texts": _different(ordered)},
    }
    return Content(data, texts)


def _different(comments: list[Comment]) -> int:
    """How many different texts the received comments are, near-duplicates counted once: a campaign is one text."""
    received = [each for each in comments if each.moderation in COUNTED and each.parent_id is None]
    texts = {each.pk: f"{each.body} {each.proposed}" for each in received}
    return len(received) - sum(len(group) - 1 for group in clusters(texts))


def _row(comment: Comment) -> tuple[dict[str, Any], dict[str, str]]:
    submission = comment.submission
    answer = next(iter(comment.published_dispositions), None)  # type: ignore[attr-defined]
    words = _words(comment) if comment.shows_text else {}
    name = submission.shown_name if comment.moderation == Moderation.PUBLISHED else ""
    row = {
        "number": comment.number,
        "edition": submission.period.edition.identifier,
        "parent": comment.parent.number if comment.parent else None,
        "targets": [target.passage.anchor if target.passage else "document" for target in comment.shown_targets],  # type: ignore[attr-defined]
        "kind": comment.kind,
        "supports": comment.supports,
        "received": submission.received_at.isoformat(),
        "via": submission.received_via,
        "late": submission.late,
        "language": comment.language,
        "group": submission.group,
        "region": submission.region,
        "standing": comment.moderation,
        "hide_reason": comment.hide_reason,
        "withheld": submission.is_withheld,
        "outcome": answer.outcome if answer else "",
        "response": answer.response if answer else "",
        "addressed_in": answer.addressed_in.identifier if answer and answer.addressed_in else "",
        "duplicate_of": answer.duplicate_of.number if answer and answer.duplicate_of else None,
        "verdict": answer.verdict if answer else "",
        "text_seal": seal("\n".join(words.values()), comment.salt) if words else "",
        "name_seal": seal(name, submission.submitter.salt),
    }
    shown = dict(words)
    if words:
        shown["salt"] = comment.salt
    if name:
        shown |= {"name": name, "name_salt": submission.submitter.salt}
    return row, shown


def _words(comment: Comment) -> dict[str, str]:
    return {"body": comment.body, "proposed": comment.proposed, "rationale": comment.rationale}


def counts_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Numbers that reconcile: received is the sum over the outcomes; hidden and spam are counted apart.

    Replies are remarks on comments and have no outcome of their own; they are counted apart too.
    """
    counted = [row for row in rows if row["standing"] in COUNTED and row["parent"] is None]
    outcomes = Counter(row["outcome"] or _outcome_without_answer(row) for row in counted)
    return {
        "received": len(counted),
        "outcomes": {name: outcomes.get(name, 0) for name in (*Outcome.values, UNANSWERED)},
        "replies": sum(row["parent"] is not None and row["standing"] in COUNTED for row in rows),
        "hidden": sum(row["standing"] == Moderation.HIDDEN for row in rows),
        "spam": sum(row["standing"] == Moderation.SPAM for row in rows),
        "withheld": sum(bool(row["withheld"]) for row in counted),
    }


def _outcome_without_answer(row: dict[str, Any]) -> str:
    return Outcome.WITHDRAWN if row["standing"] == Moderation.WITHDRAWN else UNANSWERED


@transaction.atomic
def freeze_report(process: Process, edition: Edition, now: datetime, by_name: str = "") -> Report:
    """Issue the next report. One that says exactly what the last one said is not issued again."""
    Process.objects.select_for_update().get(pk=process.pk)
    content = content_of(process, edition)
    last = Report.objects.filter(process=process).order_by("-number").first()
    if last is not None and last.sha256 == content.sha256:
        return last
    number = (Report.objects.filter(process=process).aggregate(last=Max("number"))["last"] or 0) + 1
    return Report.objects.create(
        process=process,
        edition=edition,
        number=number,
        created_at=now,
        created_by=by_name,
        data=content.data,
        texts=content.texts,
        sha256=content.sha256,
    )


def public_content(report: Report) -> Content:
    """A frozen report as the public may read it today: without words and names of what was hidden or taken back since.

    The hash is that of the day it was issued.
    """
    public = Comment.objects.filter(series=report.process.series, moderation=Moderation.PUBLISHED)
    standing = {str(number) for number in public.values_list("number", flat=True)}
    return Content(report.data, {number: words for number, words in report.texts.items() if number in standing})


def to_json(content: Content) -> dict[str, Any]:
    return {"sha256": content.sha256, "data": content.data, "texts": content.texts}


def from_json(raw: Any) -> Content:
    """Read a report back and check it: the hash over its data, and every seal whose words are there.

    Raises UnreadableReport.
    """
    try:
        content = Content(raw["data"], raw["texts"])
        if content.data["version"] != VERSION:
            raise UnreadableReport(f"report version {content.data['version']!r} is not known")
        if content.sha256 != raw["sha256"]:
            raise UnreadableReport("the hash does not hold")
        for row in content.data["comments"]:
            _check_seals(row, content.texts.get(str(row["number"]), {}))
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableReport(f"{type(error).__name__}: {error}") from error
    return content


def _check_seals(row: Mapping[str, Any], words: Mapping[str, str]) -> None:
    if "salt" in words:
        text = "\n".join(words.get(name, "") for name in ("body", "proposed", "rationale"))
        if row["text_seal"] != seal(text, words["salt"]):
            raise UnreadableReport(f"comment {row['number']}: other words than were sealed")
    if "name_salt" in words and row["name_seal"] != seal(words["name"], words["name_salt"]):
        raise UnreadableReport(f"comment {row['number']}: another name than was sealed")


def erase_texts(numbers: Mapping[str, set[int]], *, with_text: bool) -> int:
    """Take names, and words if asked, out of frozen reports. numbers: of comments, by series. The hashes hold."""
    changed = 0
    for report in Report.objects.filter(process__series__in=numbers):
        for number in numbers[report.data["series"]]:
            words = report.texts.get(str(number))
            if words is None:
                continue
            gone = {"name", "name_salt"} | ({"body", "proposed", "rationale", "salt"} if with_text else set())
            report.texts[str(number)] = {name: text for name, text in words.items() if name not in gone}
            changed += 1
        report.save(update_fields=["texts"])
    return changed


def standing_words(row: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """Why a row of a report shows no words, or ""."""
    if words.get("body") or words.get("proposed"):
        return ""
    if row["withheld"]:
        return _("Considered, not published at the request of its author.")
    return {
        Moderation.HIDDEN: _("Hidden by a moderator."),
        Moderation.SPAM: _("Spam."),
        Moderation.WITHDRAWN: _("Withdrawn by its author."),
    }.get(row["standing"], _("Erased at the request of its author."))
