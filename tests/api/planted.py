"""A library in which everything that may be public is, and a word is planted in everything that is not.

2098 is a year that no door takes for invented; the consultation is of the fictitious year. All of it is made up.
"""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from api.usage.models import UsageCount
from consultation.comments import moderation
from consultation.comments.models import Comment, Disposition
from consultation.privacy import services as privacy
from consultation.submissions.services import Person, confirm
from editions import services
from editions.document import json_form
from editions.models import Edition, Relation, RelationKind
from editions.shown_files import names_in
from search.indexing import rebuild
from tests.bpf_pages.published import publish, revise
from tests.consultation.stories import MODERATOR, Consultation, begun
from tests.factories import ForumPageFactory, MeetingPageFactory, OutcomePageFactory, ThemePageFactory, text_block
from tests.people import make_people
from workflow.access.forum_files import ensure_collection
from workflow.sessions.models import Session
from workflow.transitions.services import process_of

PUBLIC_WORDS = "The lamps of the planted library burn in every answer."


@dataclass
class Planted:
    """words: what must be found nowhere. current, former, draft: public editions. withdrawn: one that was public."""

    words: tuple[str, ...]
    current: Edition
    former: Edition
    commented: Consultation
    withdrawn: Edition
    never: str  # identifier that a draft would get
    closed: tuple[str, ...]  # addresses of files as they were uploaded

    @property
    def shown(self) -> list[str]:
        """Addresses of the files that public editions show."""
        return [f"/media/{name}" for edition in self.public for name in sorted(names_in(edition.document))]

    @property
    def public(self) -> list[Edition]:
        return [self.current, self.former, self.commented.edition]


def plant() -> Planted:
    forum = ForumPageFactory(parent=MeetingPageFactory(year=2098), slug="planted", title="Planted forum")
    forum.themes.set([ThemePageFactory(slug="planted-theme", title="Planted theme")])
    forum.save()
    former = publish(parent=forum, title="Planted lamps")
    figure, link, closed = _files(forum)
    text = text_block(f"<p>{PUBLIC_WORDS}</p>")
    current = publish(revise(former.page.specific, text, figure, link), at=timezone.now())
    gone = publish(parent=forum, title="Zqwithdrawntitle")
    services.withdraw(gone.series, "Fictitious reason.", timezone.now())
    never = OutcomePageFactory(parent=forum, title="Zqnevertitle", summary="Zqneversummary")
    revise(current.page.specific, text_block("<p>Zqrevisedtext after the edition.</p>"))
    Relation.objects.create(kind=RelationKind.CONTINUES, source=current.series, target=never.series, note="Zqrelated")
    session = Session.objects.create(title="Zqsession", starts=timezone.now() + timedelta(days=9), place="Zqroom")
    session.documents.add(process_of(never))
    met = Session.objects.create(title="Session on lamps", starts=timezone.now() + timedelta(days=9), place="Room 1")
    met.documents.set([process_of(current.page.specific), process_of(never)])
    met.panel.create(name="Openly Named", role="moderator")
    commented = _consultation()
    for used in (current, gone, commented.edition):
        UsageCount.objects.create(edition=used, month=date(2098, 5, 1), pages=7, files=2)
    rebuild.rebuild()
    words = (
        "Zqwithdrawntitle",
        "Zqnevertitle",
        "Zqneversummary",
        "Zqrevisedtext",
        "Zqrelated",
        "Zqsession",
        "Zqroom",
        *OF_FILES,
        *HIDDEN,
    )
    edition = Edition.objects.get(pk=former.pk)
    return Planted(words, Edition.objects.get(pk=current.pk), edition, commented, gone, f"{never.series}-E1", closed)


OF_FILES = (
    "Zqexif",
    "Zqbehindtheend",
    "Zqimagetitle",
    "zqimagename",
    "Zqlinkedtitle",
    "Zqdraftdocument",
    "Zqdraftimage",
)
"""In the metadata, titles and names of files that a public edition shows, and in files that none shows."""


def _files(forum: Any) -> tuple[Any, Any, tuple[str, ...]]:
    """(a figure, a text with a link, addresses that nobody is told): an image with its maker's words in it, a document;
    and an image and a document of a draft."""
    place = ensure_collection(forum)
    exif = Image.Exif()
    exif[0x013B] = "Zqexif"

    def image(title: str, name: str, colour: str) -> Any:
        out = io.BytesIO()
        Image.new("RGB", (60, 40), colour).save(out, "JPEG", exif=exif, comment=b"Zqexif", xmp=b"Zqexif")
        file = ImageFile(io.BytesIO(out.getvalue() + b"Zqbehindtheend"), name=name)
        return get_image_model().objects.create(title=title, file=file, collection=place)

    def document(title: str, words: bytes) -> Any:
        file = ContentFile(words, name="zqnotes.txt")
        return get_document_model().objects.create(title=title, file=file, collection=place)

    shown, hidden = image("Zqimagetitle", "zqimagename.jpg", "teal"), image("Zqdraftimage", "zqdraft.jpg", "red")
    linked, unseen = document("Zqlinkedtitle", b"Notes for everybody."), document("Zq", b"Zqdraftdocument")
    figure = {"type": "figure", "value": {"image": shown.pk, "alt": "A lamp.", "caption": ""}}
    link = text_block(f'<p>See <a id="{linked.pk}" linktype="document">the notes</a>.</p>')
    revised = OutcomePageFactory(parent=forum, title="Zqnevertitle too")
    revise(revised, figure | {"value": figure["value"] | {"image": hidden.pk}})
    drafted = sorted(names_in(json_form.to_json(revised.as_document())))
    closed = [f"/media/{name}" for name in drafted] + [each.url for each in (linked, unseen)]
    closed += [each.file.url for each in (shown, hidden)]
    closed += [each.get_rendition("max-30x30").url for each in (shown, hidden)]
    return figure, link, tuple(closed)


HIDDEN = (
    "Zqpending", "Zqunconfirmed", "Zqhidden", "Zqwithheld", "Zqerasedtext", "Zqerasedname", "Zqerasedorganisation",
    "Zqnameonly", "Zqdraftanswer", "Zqverdict", "Zqmail", "Zqnote", "Zqwithdrawncomment",
)  # fmt: skip


def _person(name: str, **more: Any) -> Person:
    return Person(name=name, email=f"{name.lower()}.zqmail@example.org", consent="2026-11", **more)


def _consultation() -> Consultation:
    people = make_people()
    told = begun(people)
    now = timezone.now()
    answered = told.published("Words for everybody.", person=_person("Openly Named", organisation="Lamp League"))
    _answer(answered, "Thank you for these words.", published=True)
    told.published("Second words.", person=_person("Bo"), rationale="Reasons for everybody.")
    _answer(Comment.objects.get(body="Second words."), "Zqdraftanswer", published=False)
    told.comment("Zqunconfirmed", person=_person("Cy"))
    waiting = told.comment("Zqpending", person=_person("Di"))
    confirm(waiting.submission, now)
    hidden = told.published("Zqhidden", person=_person("Ed"))
    moderation.hide(hidden, MODERATOR, now, hide_reason="conduct", reason="Zqnote")
    told.published("Zqwithheld", person=_person("Fy", display="withheld"))
    erased = _person("Zqerasedname", organisation="Zqerasedorganisation")
    told.published("Zqerasedtext", person=erased)
    privacy.erase_person(erased.email, now, with_text=True)
    half = _person("Zqnameonly")
    told.published("Words whose author is gone.", person=half)
    privacy.erase_person(half.email, now)
    back = told.published("Zqwithdrawncomment", person=_person("Gi"))
    moderation.withdraw(back, now)
    return told


def _answer(comment: Comment, response: str, *, published: bool) -> None:
    now = timezone.now()
    Disposition.objects.create(
        comment=comment, outcome="noted", response=response, drafted_at=now, verdict_text="Zqverdict",
        published_at=now - timedelta(seconds=1) if published else None,
    )  # fmt: skip
