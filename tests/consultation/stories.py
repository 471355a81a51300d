"""Situations of a fictitious consultation of 2099, made by the same calls that people's forms make."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from consultation.capabilities import Actor
from consultation.comments import moderation
from consultation.comments.models import Comment
from consultation.periods.models import Period
from consultation.submissions.drafts import begin, entry_of, keep_comment
from consultation.submissions.models import Draft, Submission
from consultation.submissions.services import Arrival, Person, Remark, confirm, send, store
from core.tokens import new_secret
from editions.models import Edition
from tests.factories import ProcessFactory
from workflow.states import TRANSITIONS
from workflow.transitions.models import Process
from workflow.transitions.services import perform

MODERATOR = Actor("Ficta Moderator", "facilitator")
ADA = Person(
    name="Ada Fictiva",
    email="ada@example.org",
    organisation="Lamp League",
    group="civil_society",
    region="africa",
    consent="2026-11",
)

PAPER = [
    (
        "text",
        "<h2>Introduction</h2>"
        "<p>The lamp rooms of the islands were built in the winter of 2091 by three villages together.</p>"
        "<p>Any network may join the exchange on the same published terms, whatever its size or age.</p>"
        "<h2>Findings</h2>"
        "<p>Volunteers ran the route servers for six years before the first engineer was paid at all.</p>"
        "<ul><li>Publish the port list of every exchange in one common format by March.</li>"
        "<li>Ask the ministries to count local and foreign traffic separately from now on.</li></ul>",
    ),
]


@dataclass
class Consultation:
    """A document in public comment. people: as tests.people makes them."""

    process: Process
    people: Any
    at: datetime = field(default_factory=timezone.now)

    @property
    def period(self) -> Period:
        return Period.objects.filter(process=self.process).order_by("-round").first()

    @property
    def edition(self) -> Edition:
        return self.period.edition

    @property
    def address(self) -> str:
        return self.edition.address

    def paragraph(self, number: int) -> Any:
        return self.edition.passages.get(number=number)

    def move(self, name: str, *, reason: str = "Fictitious reason.", overrides: Any = None, **data: Any) -> Any:
        """Move the document as the Secretariat, soft guards set aside unless others are named."""
        overrides = TRANSITIONS[name].soft if overrides is None else overrides
        process = Process.objects.get(pk=self.process.pk)
        row = perform(process, name, self.people["secretariat"], reason=reason, overrides=overrides, data=data)
        self.process = Process.objects.get(pk=self.process.pk)
        return row

    def open(self, **data: Any) -> "Consultation":
        now = timezone.now()
        values = {"announcement": "Please comment.", "opens": now - timedelta(seconds=1)}
        values["closes"] = now + timedelta(days=30)
        self.move("open_comment", **(values | data))
        return self

    def rewrite(self, old: str, new: str) -> None:
        """Edit the working text, as an editor would."""
        page = self.process.page.specific.get_latest_revision_as_object()
        html = str(page.body[0].value)
        assert old in html, html
        from wagtail.rich_text import RichText

        page.body[0] = ("text", RichText(page.body[0].value.source.replace(old, new)))
        page.save_revision(user=self.people["rapporteur"])
        self.process = Process.objects.get(pk=self.process.pk)

    def comment(
        self, body: str = "A fictitious remark.", on: Any = (1,), person: Person = ADA, **remark: Any
    ) -> Comment:
        """A comment that came in by the site, not yet confirmed. on: paragraph numbers, or None for the whole."""
        targets = (("document", None),) if on is None else tuple(("passage", self.paragraph(n)) for n in on)
        remark = Remark(targets, body=body, **remark)
        submission = store(self.period, person, [remark], Arrival(timezone.now()))
        return submission.comments.get()

    def published(self, body: str = "A fictitious remark.", on: Any = (1,), **values: Any) -> Comment:
        comment = self.comment(body, on, **values)
        confirm(comment.submission, timezone.now())
        return moderation.publish(Comment.objects.get(pk=comment.pk), MODERATOR, timezone.now())

    def draft(self, *bodies: str, on: tuple[str, ...] = ("p1",), at: datetime | None = None, **entry: Any) -> Draft:
        at = at or timezone.now()
        draft = None
        for body in bodies or ("A fictitious remark.",):
            cleaned = {"targets": list(on), "body": body, "language": "en"} | entry
            made = entry_of(cleaned, new_secret(), hasty=False)
            draft = keep_comment(draft, made, at) if draft else begin(self.period, new_secret(), [made], at)
        return draft

    def send(self, draft: Draft | None = None, person: Person = ADA, at: datetime | None = None) -> Submission:
        return send(draft or self.draft(), person, now=at or timezone.now())


def begun(people: Any, body: Any = None, **opening: Any) -> Consultation:
    """A document of `people.forum` in public comment since a second ago."""
    from tests.factories import OutcomePageFactory

    page = OutcomePageFactory(parent=people.forum, body=body or PAPER, revision=people["lead_expert"])
    return Consultation(ProcessFactory(page=page), people).open(**opening)
