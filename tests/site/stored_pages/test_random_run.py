"""A long run of what people and the clock do by chance: after each event, what is stored is what would be drawn.

RANDOM_EVENTS=500 runs as many; the suite runs few. RANDOM_SEED chooses others.
"""

import gzip
import os
import random
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpf_pages.models.standard import StandardPage
from bpf_pages.tree.fixed_pages import ensure_tree
from bpf_pages.wordings.models import Wording
from bpf_site.stored_pages import write_watcher
from bpf_site.stored_pages.middleware import CACHING
from consultation.adoptions import services as adoptions
from consultation.answers.services import Answer, NotTaken, publish_ready, write_answers
from consultation.capabilities import Actor
from consultation.comments import moderation
from consultation.comments.models import Comment
from consultation.consensus import challenges
from consultation.consensus.models import Declaration
from consultation.periods.models import Period
from consultation.periods.services import CannotMove, move_deadline
from consultation.privacy.services import erase_person
from consultation.submissions.services import confirm
from core.tokens import new_secret
from editions.models import Edition, Relation, RelationKind
from tests.consultation.stories import MODERATOR, Consultation, begun
from tests.factories import ProcessFactory, _root
from tests.people import make_people
from tests.workflow.moves import FILLED
from workflow.forums.models import Forum
from workflow.forums.states import ForumState
from workflow.proposals_and_nominations.services import propose
from workflow.states import TRANSITIONS
from workflow.transitions.models import Process
from workflow.transitions.services import Refused

pytestmark = pytest.mark.django_db(transaction=True)

EVENTS = int(os.environ.get("RANDOM_EVENTS", "20"))
SEED = int(os.environ.get("RANDOM_SEED", "2099"))
LOOKED_AT = 3  # addresses after each event, besides the first document's
OF_THE_STORE = {"ETag", "Cache-Control", "Vary", "Content-Encoding", "Content-Length"}


class Run:
    """The library, the clock and who acts."""

    def __init__(self, monkeypatch: Any) -> None:
        self.chance = random.Random(SEED)
        self.moment = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: self.moment)
        _root()
        tree = ensure_tree()
        self.people = make_people()
        self.documents = [begun(self.people), Consultation(ProcessFactory(forum=self.people.forum), self.people)]
        self.documents[0].published("A first fictitious remark.")
        self.documents[1].move("record", public_source="Fictitious source of 2099")
        self.standard = tree.home.add_child(instance=StandardPage(title="About lamps", slug="lamps"))
        self.forum = propose(Forum(title="Fictitious lamps", year=2099, scope="Lamps.", proposer="Ficta"), self.moment)
        self.late = timedelta(0)
        self.done: Counter[str] = Counter()

    def addresses(self) -> list[str]:
        first, second = (f"{Edition.objects.filter(series=each.process.series).first().address}"
                         for each in self.documents)  # fmt: skip
        found = [
            "/", "/library/", "/library/2099/", self.people.forum.url, self.standard.url, "/statistics/",
            "/open-questions/", "/proposals/", f"/proposals/{self.forum.pk}/", "/glossary/", "/how-it-works/", first,
            second,
        ]  # fmt: skip
        for address in (first, second):
            found += [f"{address}{rest}" for rest in (
                "editions/1/", "editions/2/", "history/", "compare/1/2/", "comments/", "comments/1/",
                "comments/report/", "adoptions/",
            )]  # fmt: skip
        return [f"{prefix}{address}" for address in found for prefix in ("", "/ar")]

    # --- events ---

    def moves(self) -> None:
        document, name = self.chance.choice(self.documents), self.chance.choice(sorted(TRANSITIONS))
        data = FILLED.get(name, dict)()
        if name == "open_comment":
            data["closes"] = self.moment + timedelta(days=self.chance.choice([1, 30]))
        document.move(name, **data)

    def goes_on(self) -> None:
        """The step that most often is possible next, so that documents come to every state."""
        document = self.documents[0]
        following = {"drafting": "open_comment", "comment": "close_comment", "incorporating": "present",
                     "wrap_up": "adopt", "final": "revise", "withdrawn": "reinstate"}  # fmt: skip
        name = following[Process.objects.get(pk=document.process.pk).state]
        document.move(name, **FILLED.get(name, dict)())

    def comments(self) -> None:
        made = self.documents[0].comment(f"A remark by chance {self.chance.random()}.", on=None)
        if self.chance.random() < 0.7:
            confirm(made.submission, self.moment)
            moderation.publish(Comment.objects.get(pk=made.pk), MODERATOR, self.moment)

    def moderates(self) -> None:
        comment = self.chance.choice(list(Comment.objects.all()))
        if self.chance.random() < 0.5:
            moderation.hide(comment, MODERATOR, self.moment, hide_reason="off_topic")
        else:
            moderation.publish(comment, MODERATOR, self.moment)

    def answers(self) -> None:
        document = self.documents[0]
        process = Process.objects.get(pk=document.process.pk)
        numbers = list(Comment.objects.filter(series=process.series).values_list("number", flat=True))
        said = Answer(self.chance.choice(numbers), "noted", f"Noted {self.chance.random()}.")
        write_answers(process, [said], self.people["facilitator"], self.moment)
        publish_ready(process, self.moment)

    def edits_a_draft(self) -> None:
        self.documents[0].rewrite("The lamp rooms", self.chance.choice(["The lamp rooms", "The lamp rooms too"]))

    def edits_a_page(self) -> None:
        page = self.chance.choice([self.standard, self.people.forum]).specific
        page = type(page).objects.get(pk=page.pk)
        page.title = f"Called by chance {self.chance.randrange(1000)}"
        revision = page.save_revision()
        if self.chance.random() < 0.8:
            revision.publish()

    def hides_a_page(self) -> None:
        page = StandardPage.objects.get(pk=self.standard.pk)
        page.unpublish() if page.live else page.save_revision().publish()

    def words_a_page(self) -> None:
        Wording.objects.update_or_create(
            page=self.people.forum, language="ar", defaults={"title": f"مصابيح {self.chance.randrange(1000)}"}
        )

    def moves_a_deadline(self) -> None:
        period = Period.objects.order_by("pk").last()
        closes = self.moment + timedelta(days=self.chance.choice([2, 25, 40]))
        move_deadline(period, closes, Actor("Ficta", "secretariat"), self.moment, "Fictitious reason.")

    def time_passes(self) -> None:
        self.moment += timedelta(seconds=self.chance.choice([1, 40, 3600, 86400, 40 * 86400]))

    def time_comes(self) -> None:
        """To the very instant at which comment closes, and a moment before."""
        period = Period.objects.filter(closes__gt=self.moment).order_by("closes").first()
        if period:
            self.moment = period.closes - self.chance.choice([timedelta(0), timedelta(microseconds=1)])

    def clock_goes_back(self) -> None:
        """Until the next event."""
        self.moment, self.late = self.moment - timedelta(hours=1), timedelta(hours=1)

    def adopts(self) -> None:
        edition = Edition.objects.filter(stage="final", is_current=True).first()
        if edition:
            declared = adoptions.Declared(
                kind="uses", declarer="Lamp League", email="a@example.org", group="civil_society"
            )
            adoptions.moderate(
                adoptions.declare(edition, declared, new_secret(), self.moment), "published", self.moment
            )

    def challenges(self) -> None:
        declaration = Declaration.objects.order_by("-at").first()
        if declaration:
            challenges.record(declaration, "Ada Fictiva", "Nobody was asked.", self.moment)

    def relates(self) -> None:
        source, target = (each.process.series for each in self.documents)
        kind = self.chance.choice(RelationKind.values)
        Relation.objects.get_or_create(kind=kind, source=source, target=target)

    def erases(self) -> None:
        erase_person("ada@example.org", self.moment, with_text=self.chance.random() < 0.3)

    def forum_changes(self) -> None:
        """By a statement that sends no signal."""
        state = self.chance.choice([ForumState.APPROVED, ForumState.ACTIVE, ForumState.PROPOSED])
        until = self.moment + timedelta(days=self.chance.choice([1, 9]))
        Forum.objects.filter(pk=self.forum.pk).update(state=state, nominations_until=until)

    def is_undone(self) -> None:
        """A transaction that changes all and is rolled back."""
        with suppress(ZeroDivisionError), transaction.atomic():
            Edition.objects.update(is_current=False)
            raise ZeroDivisionError

    def sums_are_folded(self) -> None:
        before = write_watcher.sums()
        write_watcher.fold(self.moment)
        assert write_watcher.sums() == before

    def happens(self) -> None:
        self.moment, self.late = self.moment + self.late + timedelta(seconds=1), timedelta(0)
        events = [
            self.moves, self.goes_on, self.goes_on, self.comments, self.comments, self.moderates, self.answers,
            self.edits_a_draft, self.edits_a_page, self.hides_a_page, self.words_a_page, self.moves_a_deadline,
            self.time_passes, self.time_comes, self.clock_goes_back, self.adopts, self.challenges, self.relates,
            self.erases, self.forum_changes, self.is_undone, self.sums_are_folded,
        ]  # fmt: skip
        event = self.chance.choice(events)
        try:
            event()
            self.done[event.__name__] += 1
        except (Refused, moderation.NotPossible, NotTaken, CannotMove, challenges.TermOver, adoptions.NotFinal):
            self.done["refused"] += 1


def seen(response: Any) -> tuple[int, dict[str, str], bytes]:
    body = response.content
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return response.status_code, {k: v for k, v in response.items() if k not in OF_THE_STORE}, body


def test_after_every_event_of_a_random_run__what_is_stored_equals_what_is_drawn(monkeypatch, settings, caplog) -> None:
    caplog.set_level("ERROR", "django.request")
    run, client = Run(monkeypatch), Client(headers={"accept-encoding": "gzip"})
    settings.STORED_PAGES = True
    kept: Counter[bool] = Counter()
    for number in range(EVENTS):
        run.happens()
        addresses = run.addresses()
        for address in [*run.chance.sample(addresses, LOOKED_AT), run.documents[0].address]:
            stored = client.get(address)
            kept[is_stored(stored)] += 1
            again = client.get(address)
            drawn = client.get(address, headers={"authorization": "none that any view reads"})
            assert not is_stored(drawn)
            assert seen(stored) == seen(again) == seen(drawn), (number, dict(run.done), address)
    assert kept[True] > EVENTS * 2, "most of what was asked for is stored"
    assert sum(run.done.values()) - run.done["refused"] > EVENTS / 2
    answers_of_the_store(run, client)
    caches["pages"].clear()


def is_stored(response: Any) -> bool:
    return bool(response.headers.get("Cache-Control") == CACHING and response.headers["ETag"].startswith("W/"))


def answers_of_the_store(run: Run, client: Client) -> None:
    """Beside the library that the run has left: who gets what."""
    address = f"/ar{run.people.forum.url}"
    page, plain = client.get(address), Client().get(address)
    assert is_stored(page)
    assert (page.headers["Content-Encoding"], len(page.content)) == ("gzip", int(page.headers["Content-Length"]))
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(page.content) == plain.content
    assert page.headers["ETag"] == plain.headers["ETag"]
    assert "Accept-Encoding" in page.headers["Vary"]

    known = client.get(address, headers={"if-none-match": page.headers["ETag"]})
    assert (known.status_code, known.content, known.headers["ETag"]) == (304, b"", page.headers["ETag"])
    head = client.head(address)
    assert dict(head.items()) == dict(page.items())
    caches["pages"].clear()
    assert dict(client.head(address).items()) == dict(page.items()), "the same where nothing is stored yet"
    caches["pages"].clear()
    unknown = client.get(address, headers={"if-none-match": page.headers["ETag"]})
    assert unknown.status_code == 304, "the tag is that of the page, whoever drew it"

    signed_in = Client()
    signed_in.force_login(run.people["facilitator"])
    assert not is_stored(signed_in.get(address))
    assert not is_stored(client.get(f"{address}?page=1"))
    with transaction.atomic():
        assert not is_stored(client.get(address)), "what is not committed is nobody else's"

    with CaptureQueriesContext(connection) as asked:
        assert is_stored(client.get(address))
    assert len(asked) == 1, "a stored page asks only whether it still holds"
    before = write_watcher.sums()
    run.edits_a_draft()
    assert write_watcher.sums() == before, "saving a draft purges nothing"
    client.get("/library/2099/nothing/")
    assert write_watcher.sums() == before
