"""The invented wrap-up session: who sat on the panel, what was said, how the room rated two recommendations."""

from datetime import datetime, timedelta

from bpf_site.demo.forum_and_people import Cast
from workflow.sessions.models import Session
from workflow.transitions.models import Process

TITLE = "Wrap-up of the invented forum"

MINUTES = (
    "<p>The facilitator went through the answers to the comments. Four speakers asked that a notice say when the link "
    "comes back; the text says so now.</p>"
    "<p>The keepers of Vieux Cap held that nobody should have to give reasons while a storm lasts. Most of the room "
    "wanted reasons at once. The view of the keepers is to be printed with the outcome.</p>"
)

PANEL = (
    ("Marek Tidewell", "moderator", "Invented Harbour Office"),
    ("Amina Lampwright", "lead expert", "Invented Institute of Lamps"),
)

RATINGS = (
    ("Keep a spare antenna and a spare battery in every village.", (21, 6, 2)),
    ("Train a second person before the winter.", (18, 9, 3)),
)
OPTIONS = ("agree", "agree with changes", "disagree")


def hold(process: Process, cast: Cast, presented: datetime) -> str:
    session, is_new = Session.objects.get_or_create(
        title=TITLE,
        defaults={
            "starts": presented + timedelta(hours=2),
            "ends": presented + timedelta(hours=3, minutes=30),
            "place": "Hall of Mirrors, Port Fiction",
            "rapporteur": cast.rapporteur.get_full_name(),
            "attendance": 31,
            "minutes": MINUTES,
        },
    )
    if is_new:
        session.forums.add(cast.forum)
        session.documents.add(process)
        for name, role, organisation in PANEL:
            session.panel.create(name=name, role=role, organisation=organisation)
        for recommendation, numbers in RATINGS:
            session.ratings.create(
                recommendation=recommendation,
                document=process,
                counts=[list(pair) for pair in zip(OPTIONS, numbers, strict=True)],
            )
    return f"session with {session.attendance} people recorded"
