"""The invented consultation: sixty comments in six languages are read, published and answered; one objection stays."""

from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from bpf_site.demo.comments import LANGUAGES, TOPICS, Topic, names_in
from bpf_site.demo.forum_and_people import Cast
from consultation.answers import services as dispositions
from consultation.comments import moderation
from consultation.comments.models import Comment, Disposition
from consultation.consensus.models import Dissent, Objection
from consultation.consensus.services import dispose_objection
from consultation.periods.models import Period
from consultation.submissions.services import Arrival, Person, Remark, store
from consultation.vocabulary import (
    Channel,
    Display,
    Disposal,
    Moderation,
    Outcome,
    Region,
    Scope,
    StakeholderGroup,
    Verdict,
)
from editions.models import Edition
from workflow.transitions.models import Process

HOLDER = "The keepers of Vieux Cap (fictitious)"
MINORITY = "A keeper must not be asked for reasons while the storm lasts."
WHY_OUTWEIGHED = (
    "The villages that spoke want to know at once; the text leaves the keeper free to choose the words. The other view "
    "is printed as a dissent."
)


def hold(process: Process, cast: Cast, opened: datetime) -> str:
    """Every topic comes once in each language, by the site and by other channels, spread over three weeks."""
    period = Period.objects.filter(process=process).earliest("pk")
    if not Comment.objects.filter(series=process.series).exists():
        groups, regions, displays = cycle(StakeholderGroup), cycle(Region), cycle(_DISPLAYS)
        for number, (topic, language) in enumerate((topic, language) for topic in TOPICS for language in LANGUAGES):
            person = Person(
                name=names_in(language)[number // len(LANGUAGES)],
                organisation=f"Fictitious village {number % 11 + 1}",
                group=next(groups),
                region=next(regions),
                display=next(displays),
                language=language,
            )
            at = opened + timedelta(hours=8 * (number + 1))
            channel = Channel.LIST if number % 12 == 11 else Channel.EMAIL if number % 10 == 9 else Channel.WEB
            store(period, person, [_remark(topic, language, period.edition)], Arrival(at, via=channel))
    return f"{Comment.objects.filter(series=process.series).count()} comments"


_DISPLAYS = (Display.NAME, Display.NAME, Display.ORGANISATION, Display.NAME, Display.ANONYMOUS, Display.NAME)


def _remark(topic: Topic, language: str, edition: Edition) -> Remark:
    text = topic.texts[LANGUAGES.index(language)]
    if not topic.about:
        return Remark(((Scope.DOCUMENT, None),), body=text, kind=topic.kind, language=language)
    passage = edition.passages.filter(text__startswith=topic.about).first()
    if passage is None:
        raise LookupError(f"no passage of {edition} begins with {topic.about!r}")
    return Remark(((Scope.PASSAGE, passage),), body=text, kind=topic.kind, language=language)


def moderate(process: Process, cast: Cast, closed: datetime) -> str:
    actor = moderation.Actor(cast.facilitator.get_full_name(), "facilitator")
    waiting = Comment.objects.filter(series=process.series, moderation=Moderation.PENDING)
    for comment in waiting:
        moderation.publish(comment, actor, closed + timedelta(hours=2))
    published = Comment.objects.filter(series=process.series, moderation=Moderation.PUBLISHED)
    return f"{published.count()} comments published"


def answer(process: Process, cast: Cast, presented: datetime) -> str:
    """The rapporteur drafts the answers, the facilitator publishes them as a set, and two people are not content."""
    at = presented + timedelta(minutes=10)
    if not Disposition.objects.filter(comment__series=process.series).exists():
        comments = Comment.objects.filter(series=process.series).order_by("number")
        topics = [topic for topic in TOPICS for _language in LANGUAGES]
        answers = [_answer(comment, topic) for comment, topic in zip(comments, topics, strict=True)]
        dispositions.write_answers(process, answers, cast.rapporteur, at)
        published = dispositions.publish_set(process, at + timedelta(minutes=30))
        for disposition in [item for item in published if item.outcome == Outcome.REJECTED][-2:]:
            dispositions.take_verdict(disposition, Verdict.NOT_SATISFIED, MINORITY, at + timedelta(days=1))
    return f"{Disposition.objects.filter(comment__series=process.series).count()} answers published"


def _answer(comment: Comment, topic: Topic) -> dispositions.Answer:
    facts: dict[str, Any] = {"addressed_in": topic.addressed} if topic.addressed else {}
    return dispositions.Answer(
        comment.number, topic.outcome, topic.response, decided_where="Call of the invented forum", **facts
    )


def dispose(process: Process, cast: Cast, incorporated: datetime) -> str:
    objections = Objection.objects.filter(process=process, disposal=Disposal.OPEN)
    for objection in objections:
        name = cast.facilitator.get_full_name()
        at = incorporated + timedelta(days=3)
        dispose_objection(objection, Disposal.OUTWEIGHED, WHY_OUTWEIGHED, name, at, minority_statement=MINORITY)
    if first := Objection.objects.filter(process=process).order_by("pk").first():
        Dissent.objects.get_or_create(
            process=process,
            objection=first,
            defaults={"holder": HOLDER, "statement": MINORITY, "at": incorporated + timedelta(days=3)},
        )
    return f"{Objection.objects.filter(process=process).count()} objections disposed of"
