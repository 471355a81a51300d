"""Pages that open with a secret or signed address: a sender's own page, confirmation, following.

A GET never changes anything: mail scanners follow every link.
"""

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consultation.answers.forms import VerdictForm
from consultation.answers.services import take_verdict
from consultation.comments import moderation
from consultation.comments.models import Comment, Disposition
from consultation.comments.public_comments import shown
from consultation.edition_lookup import Gone, edition_at, gone, private, trail
from consultation.followers.occasions import FOLLOWING
from consultation.submissions.draft_lookup import submission_at
from consultation.submissions.models import Submission
from consultation.submissions.services import confirm
from consultation.vocabulary import MODERATION_MOVES, Moderation
from core.tokens import BadLink, read_link
from gate.forms.acceptance import accepted
from gate.forms.public_forms import TEXT, PublicForm, button
from mail.links import bad_link
from mail.models import Subscription
from mail.subscriptions import services as subscriptions
from mail.subscriptions.forms import SubscribeForm

FOLLOW = PublicForm("follow", SubscribeForm, writes=True, mails=True, most_bytes=TEXT, free=30, most=300)
VERDICT = PublicForm("verdict", VerdictForm, most_bytes=TEXT)


@require_http_methods(["GET", "HEAD"])
def mine(request: HttpRequest, secret: str) -> HttpResponse:
    """Receipt, and what became of each comment. Its sender sees the words even where the public does not."""
    return _mine(request, submission_at(secret))


def _mine(request: HttpRequest, submission: Submission, form: VerdictForm | None = None) -> HttpResponse:
    edition = submission.period.edition
    comments = list(Comment.objects.filter(submission=submission).for_reading())
    entries = [
        {
            "shown": each,
            "may_withdraw": Moderation.WITHDRAWN in MODERATION_MOVES[each.comment.moderation],
            "form": form or VerdictForm(auto_id=f"id_{each.comment.number}_%s"),
        }
        for each in shown(comments, None)
    ]
    context = {
        "submission": submission,
        "edition": edition,
        "entries": entries,
        "unconfirmed": any(comment.moderation == Moderation.UNCONFIRMED for comment in comments),
        "breadcrumb": trail(edition, (_("Comments"), submission.period.address), (submission.receipt, request.path)),
    }
    return private(render(request, "consultation/submissions/personal_page.html", context, status=422 if form else 200))


@button("withdraw a comment")
@require_POST
def withdraw(request: HttpRequest, secret: str, number: int) -> HttpResponse:
    submission = submission_at(secret)
    comment = get_object_or_404(Comment, submission=submission, number=number)
    with suppress(moderation.NotPossible):  # the page says where the comment stands
        moderation.withdraw(comment, timezone.now())
    return redirect("consultation:mine", secret)


@VERDICT.takes
@require_POST
def verdict(request: HttpRequest, secret: str, number: int) -> HttpResponse:
    """The sender says whether the answer satisfies them."""
    submission = submission_at(secret)
    answer = Disposition.objects.published().filter(comment__submission=submission, comment__number=number).first()
    if answer is None:
        raise Http404
    form = VerdictForm(request.POST, auto_id=f"id_{number}_%s")
    if not form.is_valid():
        return _mine(request, submission, form)
    take_verdict(answer, form.cleaned_data["verdict"], form.cleaned_data["text"], timezone.now())
    return redirect("consultation:mine", secret)


@button("confirm comments")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    try:
        submission = submission_at(read_link("confirm", token))
    except BadLink as error:
        return bad_link(request, error)
    if request.method == "POST":
        confirm(submission, timezone.now())
        return redirect("consultation:mine", submission.secret)
    context = {"submission": submission, "edition": submission.period.edition, "count": submission.comments.count()}
    return private(render(request, "consultation/submissions/confirm.html", context))


@FOLLOW.takes
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """Ask for notices about a document. The answer is the same whether the address is known or not."""
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    form = SubscribeForm(request.POST or None)
    asked = form.is_bound and form.is_valid()
    if asked:
        language = translation.get_language() or "en"
        now = timezone.now()
        with accepted(request, FOLLOW, now):
            subscriptions.ask(FOLLOWING, form.cleaned_data["email"], edition.series, language, now)
    context = {
        "edition": edition,
        "form": form,
        "asked": asked,
        "breadcrumb": trail(edition, (_("Follow"), request.path)),
    }
    status = 422 if form.is_bound and not asked else 200
    return private(render(request, "consultation/followers/follow.html", context, status=status))


@button("confirm notices")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_follow(request: HttpRequest, token: str) -> HttpResponse:
    try:
        subscription = FOLLOWING.by_link(token)
    except BadLink as error:
        return bad_link(request, error)
    return _follow_step(request, subscription, begins=True)


@button("stop notices")
@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        subscription = FOLLOWING.by_end_link(secret, timezone.now())
    except BadLink as error:
        return bad_link(request, error, stops=True)
    return _follow_step(request, subscription, begins=False)


def _follow_step(request: HttpRequest, subscription: Subscription | None, *, begins: bool) -> HttpResponse:
    if subscription is None:
        raise Http404
    done = request.method == "POST"
    if done:
        (subscriptions.begin if begins else subscriptions.end)(subscription, timezone.now())
    context: dict[str, Any] = {"subscription": subscription, "begins": begins, "done": done}
    return private(render(request, "consultation/followers/step.html", context))
