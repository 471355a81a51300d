"""A library of 2099 in which every public page has something to say, and the addresses of those pages."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from bpf_pages.tree.fixed_pages import ensure_tree
from bpf_site.demo.cycle import play
from bpf_site.demo.forum_and_people import assemble
from consultation.adoptions import services as adoptions
from consultation.adoptions.services import Declared
from consultation.consensus import challenges
from consultation.consensus.models import Declaration
from core.tokens import new_secret, sign_link
from editions.models import Edition, Relation, RelationKind
from gate.client_address import network_of
from gate.forms.kept_texts import keep
from mail.models import Subscription
from mail.preferences.services import unsubscribe_token
from mail.subscriptions.services import begin_path, end_path
from pdf.printing.models import Status, Volume
from tests.consultation.stories import begun
from tests.workflow.attachments.test_attachments import upload
from tests.workflow.moves import brought_to
from workflow.attachments.services import attach
from workflow.draft_links.services import make_link, path_of, revoke_link
from workflow.forums.models import Forum, ForumLog, Milestone, Nomination
from workflow.forums.states import SHOWN, ForumState
from workflow.sessions.models import Panelist, RatingSheet, Session
from workflow.states import State
from workflow.transitions.models import Process

LIGHTHOUSE = "/library/2099/lighthouse-networks/"
FINAL, WITHDRAWN = f"{LIGHTHOUSE}outcome/", f"{LIGHTHOUSE}early-note/"
QUESTIONS = (
    "", "q=lamp", "q=lamp&stage=final&sort=newest", "q=lampp", "q=zzzz", "q=lamp+link&kind=dissent", "q=lamp&year=1999",
    'q="lamp', "q=lamp&page=999",
)  # fmt: skip


def build(people: Any) -> dict[str, list[str]]:
    """Name of a view -> addresses of it whose pages say different things. "pages": what Wagtail serves."""
    now = timezone.now()
    ensure_tree()
    play(assemble(), now, lambda line: None)
    by_state = [brought_to(state, people) for state in State]
    people.forum.mailing_list = f"https://lists.example.org/{'lamps_of_2099_' * 6}"  # in one word, wider than a phone
    people.forum.save()
    current = Edition.objects.filter(is_current=True)
    documents = [FINAL, WITHDRAWN, *(edition.address for edition in current)]
    for edition, kind in zip(current.exclude(series="BPF-2099-LIGHTHOUSE"), RelationKind, strict=False):
        Relation.objects.create(kind=kind, source=edition.series, target="BPF-2099-LIGHTHOUSE")
    for series in ("BPF-2099-LIGHTHOUSE", "BPF-2099-LIGHTHOUSE-EARLYNOTE"):
        process = Process.objects.get(series=series)
        attach(process, upload(), title="Annex", is_public=True, by=people["facilitator"], at=now)
    return {
        "pages": [
            "/",
            "/library/",
            "/library/2099/",
            people.forum.url,
            "/themes/",
            "/library/2099/lighthouse-networks/",
        ],
        "bpf_pages:document": documents,
        "bpf_pages:edition": [f"{FINAL}editions/1/"],
        "bpf_pages:cite_document": [f"{FINAL}cite/"],
        "bpf_pages:cite_edition": [f"{FINAL}editions/1/cite/?paragraph={number}" for number in ("", 1, 999)],
        "bpf_pages:history": [f"{address}history/" for address in documents],
        "bpf_pages:choose_comparison": [f"{FINAL}compare/"],
        "bpf_pages:compare": [f"{FINAL}compare/1/2/"],
        "bpf_pages:side_by_side": [f"{LIGHTHOUSE}outcome-ar/editions/1/side-by-side/"],
        "pdf:document": [f"{WITHDRAWN}editions/1/document.pdf"],
        "bpf_pages:identified": ["/id/nothing"],
        "bpf_pages:glossary": ["/glossary/"],
        "bpf_pages:statistics": ["/statistics/", "/statistics/?fictitious=yes"],
        "bpf_pages:verify": ["/verify/", "/verify/?sha256=1", f"/verify/?sha256={'0' * 64}", *_verified()],
        "bpf_pages:open_questions": ["/open-questions/", "/open-questions/?part=future_work"],
        "search:results": [f"/search/?{question}" for question in QUESTIONS],
        "search:help": ["/search/help/"],
        "search:suggest": ["/search/suggest?q=lig"],
        "search:feed": ["/search/feed?q=lamp"],
        "search:like": ["/search/like/BPF-2099-LIGHTHOUSE-E3/"],
        **_of_workflow(people, by_state[0], now),
        **_of_alerts(),
        **_of_consultation(people, documents, now),
        **_of_feeds(people),
    }


def _verified() -> list[str]:
    """Of texts that are read, were superseded and were withdrawn, and of files of several editions."""
    texts = Edition.objects.filter(series__startswith="BPF-2099-LIGHTHOUSE").values_list("sha256", flat=True)
    volumes = [Volume(kind=kind, key=key) for kind, key in (("year", "2099"), ("redline", "BPF-2099-LIGHTHOUSE-E1:2"))]
    for number, volume in enumerate(volumes, 1):
        volume.sha256, volume.status, volume.printed_at = f"{number}" * 64, Status.PRINTED, timezone.now()
        volume.save()
    return [f"/verify/?sha256={each}" for each in {*texts, *(volume.sha256 for volume in volumes)}]


def _of_workflow(people: Any, process: Process, now: datetime) -> dict[str, list[str]]:
    forums = [_forum(people, state, now) for state in ForumState]
    session = Session.objects.create(
        title="Wrap-up of 2099", starts=datetime(2099, 9, 4, 11, 30, tzinfo=UTC), place="Room 1", rapporteur="Ficta",
        time_zone="Europe/Istanbul", attendance=41, remote_link="https://example.org/", recording="https://example.org/",
        captions="https://example.org/", minutes="<p>Lamps were discussed.</p>",
    )  # fmt: skip
    session.forums.add(people.forum)
    session.documents.set(Process.objects.filter(state=State.FINAL))
    Panelist.objects.create(session=session, name="Ficta", role="moderator")
    RatingSheet.objects.create(session=session, recommendation="Light more lamps", counts=[["agree", 41]])
    given = {"made_for": "Reader", "by": people["rapporteur"], "at": now - timedelta(days=2)}
    ends = (now + timedelta(days=7), now + timedelta(days=7), now - timedelta(days=1))
    open_link, closed, late = (make_link(process.page, expires_at=end, **given) for end in ends)
    revoke_link(closed, now)
    proposals = [f"/proposals/{forum.pk}/" for forum in forums if forum.state in SHOWN]
    taking = [forum for forum in forums if forum.state == ForumState.ACTIVE]
    return {
        "workflow:how_it_works": ["/how-it-works/"],
        "workflow:proposals": ["/proposals/"],
        "workflow:new_proposal": ["/proposals/new/"],
        "workflow:thanks": ["/proposals/thanks/"],
        "workflow:proposal": proposals,
        "workflow:nominate": [f"/proposals/{forum.pk}/nominate/" for forum in taking],
        "workflow:session": [f"/sessions/{session.pk}/"],
        "workflow:draft": [path_of(open_link), path_of(closed), path_of(late)],
        "mail:unsubscribe": [f"/notices/stop/{unsubscribe_token(people['rapporteur'])}/"],
        "workflow:attachment": [f"{WITHDRAWN}attachments/1/"],
    }


def _forum(people: Any, state: str, now: datetime) -> Forum:
    forum = Forum.objects.create(
        state=state, title=f"Fictitious lamps, {state}", year=2099, scope="Lamps in storms.", questions="Which lamps?",
        criteria="Storms.", proposer="Ficta Tester", mailing_list="lamps@example.org",
        list_archive="https://example.org/", page=people.forum if state == ForumState.CLOSED else None,
        nominations_until=now + timedelta(days=30), worked_well="Lamps.", worked_less="Storms.", differently="More.",
        received_at=now, state_since=now,
    )  # fmt: skip
    day = now.date()
    Milestone.objects.create(forum=forum, name="Draft I", planned=day, actual=day + timedelta(days=3))
    ForumLog.objects.create(
        forum=forum, ordinal=1, name="approve", source="proposed", target="approved", role="secretariat", at=now,
        reason="Fictitious reason.",
    )  # fmt: skip
    Nomination.objects.create(
        forum=forum, name="Ficta", email="f@example.org", statement="x", consents=True, received_at=now,
        status=Nomination.Status.ACCEPTED,
    )  # fmt: skip
    return forum


def _of_alerts() -> dict[str, list[str]]:
    given = {"topic": "/search/?q=lamp", "language": "en", "secret": new_secret(), "created_at": timezone.now()}
    alert = Subscription.objects.create(kind="alert", email="ada@example.org", **given)
    kept = keep("/proposals/new/", "proposal", [("title", "Lamps")], network_of("192.0.2.1"), timezone.now())
    return {
        "search:alert": ["/search/alert/"],
        "gate:kept_text": [f"/kept/{kept}/"],
        "search:alert_confirm": [begin_path(alert)],
        "search:alert_stop": [end_path(alert)],
    }


def _of_consultation(people: Any, documents: list[str], now: datetime) -> dict[str, list[str]]:
    opened = begun(people)
    comment = opened.published("Dim lamps.", on=(1, 2), proposed="Bright lamps.", rationale="Ships.")
    waiting = opened.comment("Dimmer lamps.", on=(2,))
    draft = opened.draft("Lamps.", on=("p1",))
    entry = draft.comments[0]["id"]
    declared = Declared(kind="uses", declarer="Lamp League", email="ada@example.org", group="civil_society")
    edition = Edition.objects.get(identifier="BPF-2099-LIGHTHOUSE-E3")
    revoked, adoption = (adoptions.declare(edition, declared, new_secret(), now) for _ in range(2))
    for each in (revoked, adoption):
        adoptions.moderate(each, "published", now)
    adoptions.revoke(revoked, now, "Fictitious reason.")
    declaration = Declaration.objects.get(edition=edition)
    challenge = challenges.send(
        declaration, name="Ada", email="ada@example.org", facts="Nobody asked.", language="en", consent="1",
        nonce=new_secret(), suspicious=False, now=now,
    )  # fmt: skip
    challenges.record(declaration, "Ada Fictiva", "Nobody was asked.", now)
    follower = Subscription.objects.create(
        kind="follow",
        email="ada@example.org",
        topic=edition.series,
        language="en",
        secret=new_secret(),
        created_at=now,
    )
    secret = comment.submission.secret
    return {
        "consultation:open_calls": ["/open-calls/"],
        "consultation:comments": [f"{address}comments/" for address in (opened.address, *documents)],
        "consultation:comment": [f"{opened.address}comments/1/", f"{FINAL}comments/1/", f"{FINAL}comments/2/"],
        "consultation:comments_feed": [f"{FINAL}comments.atom"],
        "consultation:challenge": [f"{FINAL}challenge/"],
        "consultation:confirm_challenge": [f"/comments/challenge/{sign_link('challenge', challenge.secret)}/"],
        "consultation:new_comment": [
            f"{opened.address}comments/new/?on=p2", f"{opened.address}comments/new/?reply_to=1",
            f"{FINAL}comments/new/",
        ],
        "consultation:comment_in_word": [f"{opened.address}comments/word/", f"{FINAL}comments/word/"],
        "consultation:report": [f"{FINAL}comments/report/"],
        "consultation:report_file": [f"{FINAL}comments/report.csv"],
        "consultation:issued_report": [f"{FINAL}comments/reports/1/"],
        "consultation:issued_report_file": [f"{FINAL}comments/reports/1.csv"],
        "consultation:adoptions": [f"{FINAL}adoptions/"],
        "consultation:adoptions_feed": [f"{FINAL}adoptions.atom"],
        "consultation:declare_adoption": [f"{FINAL}adoptions/new/"],
        "consultation:adoption": [f"/adoptions/mine/{each.secret}/" for each in (adoption, revoked)],
        "consultation:confirm_adoption": [f"/adoptions/confirm/{sign_link('adoption', adoption.secret)}/"],
        "consultation:follow": [f"{FINAL}follow/"],
        "consultation:confirm_follow": [f"/comments/follow/{sign_link('follow', follower.secret)}/"],
        "consultation:unfollow": [f"/comments/unfollow/{follower.secret}/"],
        "consultation:draft": [f"/comments/draft/{draft.token}/"],
        "consultation:draft_text": [f"/comments/draft/{draft.token}/text/"],
        "consultation:edit_comment": [f"/comments/draft/{draft.token}/{entry}/"],
        "consultation:mine": [f"/comments/mine/{each}/" for each in (secret, waiting.submission.secret)],
        "consultation:confirm": [
            f"/comments/confirm/{sign_link('confirm', waiting.submission.secret)}/", "/comments/confirm/broken/",
        ],
    }  # fmt: skip


def _of_feeds(people: Any) -> dict[str, list[str]]:
    return {
        "api:feeds": ["/feeds/"],
        "api:calls_feed": ["/open-calls.atom"],
        "api:developers": ["/developers/"],
        "api:outcomes_feed": ["/feeds/outcomes.atom"],
        "api:editions_feed": ["/feeds/editions.atom"],
        "api:open_questions_feed": ["/feeds/open-questions.atom"],
        "api:year_feed": ["/feeds/2099.atom"],
        "api:forum_feed": ["/feeds/2099/lighthouse-networks.atom"],
    }
