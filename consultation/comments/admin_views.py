"""Admin views of moderation: what waits, how long, and the one click that settles it."""

from collections.abc import Collection
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
from consultation.vocabulary import Moderation
from core.languages.lists import listed
from core.pagination import page_of
from workflow.transitions.models import Process

COMMENTS_A_PAGE = 200


@on_process("read")
def queue(request: HttpRequest, process: Process) -> HttpResponse:
    """What waits, oldest first, with near-duplicates on the page named as such."""
    return _queue(request, process, HideForm())


def _queue(
    request: HttpRequest, process: Process, hide_form: HideForm, ticked: Collection[int] = (), status: int = 200
) -> HttpResponse:
    waiting = Comment.objects.filter(series=process.series).waiting().for_reading().order_by("created_at", "pk")
    page = page_of(request.GET, waiting, COMMENTS_A_PAGE)
    items = list(page)
    texts = {comment.pk: comment.body or comment.proposed for comment in items}
    groups = clusters(texts)
    campaign = {pk: number for number, members in enumerate(groups, start=1) for pk in members}
    every_one = "chosen" in request.GET
    context = {
        "page": page,
        "rows": [
            {
                "shown": each,
                "campaign": campaign.get(each.comment.pk),
                "chosen": every_one or each.comment.number in ticked,
            }
            for each in shown(items, None)
        ],
        "campaigns": [
            {"number": number, "size": len(members), "distinct": distinct(texts[pk] for pk in members)}
            for number, members in enumerate(groups, start=1)
        ],
        "chosen": every_one,
        "hide_form": hide_form,
        "spam": Comment.objects.filter(series=process.series, moderation=Moderation.SPAM).count(),
        "now": timezone.now(),
    }
    template = "consultation/comments/admin_moderation_queue.html"
    return desk(request, process, "queue", template, context, status=status)


@require_POST
@on_process("moderate")
def moderate(request: HttpRequest, process: Process) -> HttpResponse:
    """Publish, hide or mark as spam every chosen comment. Each is its own step; the answer says what was not done.
    Where nothing can be done, ticks and note stay as they were."""
    actor = actor_of(request, "moderate", process)
    target = request.POST.get("to", "")
    numbers = [int(value) for value in request.POST.getlist("comment") if value.isdecimal() and len(value) < 9]
    form = HideForm(request.POST)
    form.fields["hide_reason"].required = target == Moderation.HIDDEN
    problem = _problem(target, numbers, form)
    if problem:
        messages.error(request, problem)
        return _queue(request, process, form, set(numbers), status=422)
    reason = form.cleaned_data["hide_reason"] if target == Moderation.HIDDEN else ""
    done, refused = 0, []
    for comment in Comment.objects.filter(series=process.series, number__in=numbers):
        try:
            note = form.cleaned_data["reason"]
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


def _problem(target: str, numbers: list[int], form: HideForm) -> str:
    if target not in {Moderation.PUBLISHED, Moderation.HIDDEN, Moderation.SPAM, Moderation.PENDING}:
        return _("Choose what shall happen.")
    if not numbers:
        return _("Choose at least one comment.")
    if "hide_reason" in form.errors:
        return _("Choose the class of reason for hiding.")
    return " ".join(f"{form[name].label}: {' '.join(map(str, said))}" for name, said in form.errors.items())


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
