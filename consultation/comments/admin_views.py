"""Admin views of moderation: what waits, how long, and the one click that settles it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation.admin_page import WAITING, actor_of, desk, on_process
from consultation.comments import moderation
from consultation.comments.admin_menu import consultations_of
from consultation.comments.forms import HideForm
from consultation.comments.models import Comment, CommentQuerySet, Mapping
from consultation.comments.moderation import NotPossible
from consultation.comments.near_duplicates import clusters, distinct
from consultation.comments.public_comments import shown
from consultation.vocabulary import HideReason, Moderation
from core.languages.lists import listed
from core.plain_text import tidy_text
from workflow.transitions.models import Process

MOST = 200


@on_process("read")
def queue(request: HttpRequest, process: Process) -> HttpResponse:
    """What waits, oldest first, with near-duplicates named as such."""
    waiting = Comment.objects.filter(series=process.series).waiting().for_reading().order_by("created_at")
    items = list(waiting[:MOST])
    texts = {comment.pk: comment.body or comment.proposed for comment in items}
    groups = clusters(texts)
    campaign = {pk: number for number, members in enumerate(groups, start=1) for pk in members}
    rows = [{"shown": each, "campaign": campaign.get(each.comment.pk)} for each in shown(items, None)]
    context = {
        "rows": rows,
        "campaigns": [
            {"number": number, "size": len(members), "distinct": distinct(texts[pk] for pk in members)}
            for number, members in enumerate(groups, start=1)
        ],
        "chosen": "chosen" in request.GET,
        "hide_form": HideForm(),
        "spam": Comment.objects.filter(series=process.series, moderation=Moderation.SPAM).count(),
        "now": timezone.now(),
    }
    return desk(request, process, "queue", "consultation/comments/admin_moderation_queue.html", context)


@require_POST
@on_process("moderate")
def moderate(request: HttpRequest, process: Process) -> HttpResponse:
    """Publish, hide or mark as spam every chosen comment. Each is its own step; the answer says what was not done."""
    actor = actor_of(request, "moderate", process)
    target = request.POST.get("to", "")
    if target not in {Moderation.PUBLISHED, Moderation.HIDDEN, Moderation.SPAM, Moderation.PENDING}:
        messages.error(request, _("Choose what shall happen."))
        return redirect("consultation_admin:queue", process.pk)
    numbers = [int(value) for value in request.POST.getlist("comment") if value.isdecimal() and len(value) < 9]
    reason = request.POST.get("hide_reason", "") if target == Moderation.HIDDEN else ""
    if target == Moderation.HIDDEN and reason not in HideReason.values:
        messages.error(request, _("Choose the class of reason for hiding."))
        return redirect("consultation_admin:queue", process.pk)
    done, refused = 0, []
    for comment in Comment.objects.filter(series=process.series, number__in=numbers):
        try:
            note = tidy_text(request.POST.get("reason", ""))[:2000]
            moderation.change_standing(comment, target, actor, now=timezone.now(), reason=note, hide_reason=reason)
            done += 1
        except NotPossible as error:
            refused.append(f"#{comment.number} ({Moderation(error.source).label})")
    if done:
        said = ngettext("%(count)d comment: %(standing)s.", "%(count)d comments: %(standing)s.", done)
        messages.success(request, said % {"count": done, "standing": Moderation(target).label})
    if refused:
        messages.warning(request, _("Not possible for: %s") % listed(refused))
    return redirect("consultation_admin:queue", process.pk)


@on_process("read")
def comment(request: HttpRequest, process: Process, number: int) -> HttpResponse:
    """One comment with its log; with the sender's name and address for those who may see them."""
    found = get_object_or_404(Comment.objects.for_reading(), series=process.series, number=number)
    context: dict[str, Any] = {
        "item": shown([found], process.current_edition)[0],
        "comment": found,
        "submission": found.submission,
        "events": found.events.all(),
        "hide_form": HideForm(),
    }
    return desk(request, process, "queue", "consultation/comments/admin_comment.html", context)


def all_consultations(request: HttpRequest) -> HttpResponse:
    """Every consultation this person has a part in."""
    return render(request, "consultation/comments/admin_consultations.html", {"rows": consultations_of(request.user)})


def _of(process: Process) -> CommentQuerySet:
    return Comment.objects.filter(series=process.series)


WAITING["queue"] = lambda process: _of(process).waiting().count()
WAITING["dispositions"] = lambda process: _of(process).unanswered().count()
WAITING["mappings"] = lambda process: Mapping.objects.queue().filter(edition__series=process.series).count()
