"""Write a comment: form, draft with preview, sending. Every step works without JavaScript, cookie or session.

The form's own signed token makes a second sending harmless; what is sent twice by one browser is one draft.
"""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation import consent
from consultation.comments.models import Comment
from consultation.edition_lookup import private, trail
from consultation.periods.models import Period
from consultation.periods.services import is_commentable
from consultation.periods.views import with_period
from consultation.submissions import attachments, drafts
from consultation.submissions.draft_lookup import draft_at
from consultation.submissions.forms import PersonForm, RemarkForm
from consultation.submissions.limits import DRAFT_LIMIT, LARGEST_FILE, MOST_COMMENTS, MOST_FILES, WINDOW
from consultation.submissions.models import Draft
from consultation.submissions.services import (
    NothingToSend,
    PeriodOver,
    Person,
    lateness,
    replies_without_parent,
    send,
)
from gate.client_address import network
from gate.forms.acceptance import accepted
from gate.forms.form_tokens import FASTEST
from gate.forms.public_forms import TEXT, PublicForm, button
from gate.rate_limits import TooMany, refused

COOKIE = "comment_draft"

COMMENT = PublicForm(
    "comment", RemarkForm, writes=True, once=False, most_bytes=TEXT, free=60, most=DRAFT_LIMIT, window=WINDOW
)
"""Not once: the same form sent again begins another draft, or changes the one this browser holds. Either is its own."""
CHANGE = PublicForm("change a comment", RemarkForm, most_bytes=TEXT)
SUBMISSION = PublicForm("submission", PersonForm, mails=True, most_bytes=TEXT)
"""The secret address of the draft is the right to send it, once; services limit a network and an address."""


@COMMENT.takes
@require_http_methods(["GET", "HEAD", "POST"])
@with_period(gettext_lazy("Comment"))
def new_comment(request: HttpRequest, period: Period, now: datetime) -> HttpResponse:
    """A form for one comment; saving it opens the draft it belongs to."""
    draft = draft_in_hand(request, period)
    parent = _parent(request, period)
    if request.method == "POST":
        return _keep(request, period, draft, parent, now)
    form = RemarkForm(period, initial=_from_query(request.GET, period), parent=parent)
    return _form_page(request, form, period, draft, now)


def _keep(
    request: HttpRequest, period: Period, draft: Draft | None, parent: Comment | None, now: datetime
) -> HttpResponse:
    form = RemarkForm(period, request.POST, parent=parent)
    if not form.is_valid():
        return _form_page(request, form, period, draft, now, status=422)
    try:
        with accepted(request, COMMENT, now) as token:
            again = drafts.is_elsewhere(draft, token.nonce, form.cleaned_data["targets"])
            entry = drafts.entry_of(
                form.cleaned_data, "" if again else token.nonce, hasty=now - token.drawn_at < FASTEST
            )
            if draft is None:
                draft = drafts.begin(period, token.nonce, [entry], min(now, token.drawn_at))
            else:
                draft = drafts.keep_comment(draft, entry, now)
    except drafts.TooLong:
        form.add_error(None, _("A submission holds %d comments at most. Send this one first.") % MOST_COMMENTS)
        return _form_page(request, form, period, draft, now, status=422)
    response = redirect("consultation:draft", draft.token)
    remember(response, request, draft)
    return response


def _form_page(
    request: HttpRequest,
    form: RemarkForm,
    period: Period,
    draft: Draft | None,
    now: datetime,
    *,
    status: int = 200,
    entry_id: str = "",
) -> HttpResponse:
    """The form, always with a fresh token; what was typed stays in it."""
    context = {
        "form": form,
        "period": period,
        "edition": period.edition,
        "draft": draft,
        "parent": form.parent,
        "is_open": is_commentable(period, now),
        "proposes": form.is_bound or bool(entry_id),
        "entry_id": entry_id,
        "about": drafts.places_of(period.edition, _anchors_of(form)),
        "places_wrong": bool(form.errors.keys() & {"paragraphs", "sections", "whole"}),
        "breadcrumb": trail(
            period.edition, (_("Comments"), period.address), (_("Write a comment"), f"{period.address}new/")
        ),
    }
    return private(render(request, "consultation/submissions/new.html", context, status=status))


def _anchors_of(form: RemarkForm) -> list[str]:
    """The places shown above the form, so that nobody writes about the wrong paragraph."""
    if form.is_bound:
        return list(getattr(form, "cleaned_data", {}).get("targets", []))
    return list(form.initial.get("anchors", []))


def _from_query(query: QueryDict, period: Period) -> dict[str, Any]:
    """What an address such as `?on=p37` fills in. What does not exist in this edition is left out."""
    anchors = [place.anchor for place in drafts.places_of(period.edition, query.getlist("on"))]
    return _initial(anchors) | {"language": _language(), "proposed": _wording_of(anchors, period)}


def _wording_of(anchors: list[str], period: Period) -> str:
    """Where a proposal begins: the words of the one paragraph that the comment is about."""
    if len(anchors) != 1:
        return ""
    found = period.edition.passages.filter(anchor=anchors[0], number__gt=0).values_list("text", flat=True)
    return found.first() or ""


def _initial(anchors: list[str]) -> dict[str, Any]:
    return {
        "anchors": anchors,
        "paragraphs": ", ".join(anchor[1:] for anchor in anchors if anchor.startswith("p")),
        "sections": [anchor for anchor in anchors if anchor.startswith("h")],
        "whole": drafts.DOCUMENT in anchors,
    }


def _language() -> str:
    return translation.get_language() or "en"


def _parent(request: HttpRequest, period: Period) -> Comment | None:
    """The comment that is replied to. Raises Http404 if there is no such public comment."""
    number = request.POST.get("reply_to") or request.GET.get("reply_to")
    if not number:
        return None
    public = Comment.objects.public().filter(series=period.edition.series, parent=None)
    found = public.filter(number=int(number)).first() if number.isdecimal() and len(number) < 9 else None
    if found is None:
        raise Http404
    return found


def draft_in_hand(request: HttpRequest, period: Period) -> Draft | None:
    """The unsent draft this browser writes on, by the form's own field or by the cookie."""
    token = request.POST.get("draft") or request.GET.get("draft") or request.COOKIES.get(COOKIE, "")
    return Draft.objects.filter(token=token[:64], period=period, submission=None).first() if token else None


def remember(response: HttpResponse, request: HttpRequest, draft: Draft) -> None:
    path = f"{draft.period.edition.address}comments/"
    age = 90 * 24 * 3600
    response.set_cookie(
        COOKIE, draft.token, max_age=age, path=path, httponly=True, samesite="Lax", secure=request.is_secure()
    )


@CHANGE.takes
@require_http_methods(["GET", "HEAD", "POST"])
def edit_comment(request: HttpRequest, token: str, comment_id: str) -> HttpResponse:
    """Change one comment of a draft."""
    draft = draft_at(token)
    entry = next((each for each in draft.comments if each["id"] == comment_id), None)
    if entry is None or draft.submission:
        return redirect("consultation:draft", token)
    now = timezone.now()
    parent = Comment.objects.filter(series=draft.period.edition.series, number=entry.get("parent") or 0).first()
    if request.method == "POST":
        form = RemarkForm(draft.period, request.POST, parent=parent)
        if form.is_valid():
            changed = drafts.entry_of(form.cleaned_data, comment_id, hasty=bool(entry.get("hasty")))
            drafts.keep_comment(draft, changed, now)
            return redirect("consultation:draft", token)
        return _form_page(request, form, draft.period, draft, now, status=422, entry_id=comment_id)
    form = RemarkForm(draft.period, initial={**entry, **_initial(entry["targets"])}, parent=parent)
    return _form_page(request, form, draft.period, draft, now, entry_id=comment_id)


@button("remove a comment")
@require_POST
def drop_comment(request: HttpRequest, token: str, comment_id: str) -> HttpResponse:
    drafts.drop_comment(draft_at(token), comment_id, timezone.now())
    return redirect("consultation:draft", token)


@SUBMISSION.takes
@require_http_methods(["GET", "HEAD", "POST"])
def draft_page(request: HttpRequest, token: str) -> HttpResponse:
    """Preview of all comments of a draft, who sends them, and the button that does."""
    draft = draft_at(token)
    if draft.submission:
        return redirect("consultation:mine", draft.submission.secret)
    if request.method == "POST":
        return _send(request, draft)
    initial = draft.content.get("person") or {}
    return show_draft(request, draft, PersonForm(draft.period, initial=initial))


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    now = timezone.now()
    form = PersonForm(draft.period, request.POST)
    typed = {name: request.POST.get(name, "")[:1000] for name in form.fields if name != "consent"}
    draft = drafts.keep_person(draft, typed, now)
    if not form.is_valid():
        return show_draft(request, draft, form, status=422)
    data = form.cleaned_data
    person = Person(
        name=data["name"],
        email=data["email"],
        organisation=data["organisation"],
        group=data["group"],
        region=data["region"],
        display=data["display"],
        consent=consent.CONSENT_VERSION,
        language=_language(),
    )
    try:
        submission = send(draft, person, now=now, network=network(request), suspicious=data["suspicious"])
    except PeriodOver:
        return show_draft(request, draft, form, status=409)
    except NothingToSend:
        form.add_error(None, _("This draft holds no comment yet."))
        return show_draft(request, draft, form, status=422)
    except TooMany as error:
        form.add_error(None, _("Too many comments came in just now. Nothing is lost: please send again in a while."))
        return refused(show_draft(request, draft, form), error.retry_after)
    response = redirect("consultation:mine", submission.secret)
    response.delete_cookie(COOKIE, path=f"{draft.period.edition.address}comments/")
    return response


def show_draft(
    request: HttpRequest, draft: Draft, form: PersonForm, *, status: int = 200, file_error: str = ""
) -> HttpResponse:
    edition = draft.period.edition
    now = timezone.now()
    context = {
        "draft": draft,
        "edition": edition,
        "period": draft.period,
        "from_file": draft.content.get("word"),
        "entries": [drafts.preview_of(edition, entry) for entry in draft.comments],
        "unsendable": replies_without_parent(draft),
        "form": form,
        "points": [*consent.POINTS, consent.WITHHELD_POINT],
        "takes": _takes(draft, now),
        "files": draft.attachments.all(),  # type: ignore[attr-defined]
        "file_error": file_error,
        "file_kinds": ", ".join(attachments.KINDS),
        "most_files": MOST_FILES,
        "most_megabytes": LARGEST_FILE // 1024 // 1024,
        "late": draft.period.closes <= now,
        "breadcrumb": trail(edition, (_("Comments"), draft.period.address), (_("Your draft"), request.path)),
    }
    return private(render(request, "consultation/submissions/draft.html", context, status=status))


def _takes(draft: Draft, now: datetime) -> bool:
    """Whether this draft could be sent now."""
    try:
        lateness(draft.period, draft.begun_at, now)
    except PeriodOver:
        return False
    return True


@require_safe
def draft_text(request: HttpRequest, token: str) -> HttpResponse:
    """The draft as a text file: what its writer takes away when comment is closed."""
    draft = draft_at(token)
    edition = draft.period.edition
    entries = [(drafts.places_of(edition, entry["targets"]), entry) for entry in draft.comments]
    response = HttpResponse(drafts.as_text(draft, entries), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="comment-{edition.identifier}.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)
