"""The consensus record as editors keep it: sessions, objections, dissent, challenges."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation.admin_page import actor_of, desk, on_process
from consultation.comments.models import Comment
from consultation.consensus import challenges
from consultation.consensus import services as consensus
from consultation.consensus.forms import (
    AnswerChallengeForm,
    DissentForm,
    NewObjectionForm,
    ObjectionForm,
    RecordedChallengeForm,
)
from consultation.consensus.models import Challenge, Declaration, Objection
from consultation.vocabulary import Moderation
from workflow.sessions.services import sessions_of
from workflow.transitions.models import Process


@on_process("read")
def record(request: HttpRequest, process: Process) -> HttpResponse:
    return _page(request, process)


def _page(request: HttpRequest, process: Process, *, status: int = 200, **wrong: Any) -> HttpResponse:
    """wrong: forms that were refused, by name, with what was typed in them."""
    objections = Objection.objects.filter(process=process).prefetch_related("comments")
    declaration = Declaration.objects.filter(process=process).order_by("-at").first()

    def form(name: str, kind: type[forms.BaseForm], **given: Any) -> forms.BaseForm:
        return wrong.get(name) or kind(**given, auto_id=_ids(name))

    context = {
        "objections": [
            {"objection": each, "form": form(f"objection_{each.pk}", ObjectionForm, instance=each)}
            for each in objections
        ],
        "new_objection": form("new_objection", NewObjectionForm),
        "dissents": process.dissents.all(),  # type: ignore[attr-defined]
        "dissent_form": form("dissent_form", DissentForm, initial={"language": "en"}),
        "sessions": sessions_of(process),
        "declaration": declaration,
        "challenges": [
            {"challenge": each, "form": form(f"challenge_{each.pk}", AnswerChallengeForm)}
            for each in (declaration.challenges.all() if declaration else [])
        ],
        "challenge_form": form("challenge_form", RecordedChallengeForm),
    }
    return desk(request, process, "consensus", "consultation/consensus/admin_consensus.html", context, status=status)


def _ids(name: str) -> str:
    """Fields of one name stand in several forms of the page: each label leads to its own."""
    return f"id_{name}_%s"


def _saved(request: HttpRequest, process: Process) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("consultation_admin:consensus", process.pk)


@require_POST
@on_process("dispose_objections")
def add_objection(request: HttpRequest, process: Process) -> HttpResponse:
    form = NewObjectionForm(request.POST, auto_id=_ids("new_objection"))
    if not form.is_valid():
        return _page(request, process, status=422, new_objection=form)
    numbers = [int(part) for part in form.cleaned_data["comments"].replace("#", " ").replace(",", " ").split()
               if part.isdecimal() and len(part) < 9]  # fmt: skip
    objection = Objection.objects.create(
        process=process, statement=form.cleaned_data["statement"], raised_at=timezone.now()
    )
    objection.comments.set(Comment.objects.filter(series=process.series, number__in=numbers))
    return _saved(request, process)


@require_POST
@on_process("dispose_objections")
def dispose(request: HttpRequest, process: Process, objection_id: int) -> HttpResponse:
    objection = get_object_or_404(Objection, pk=objection_id, process=process)
    form = ObjectionForm(request.POST, instance=objection, auto_id=_ids(f"objection_{objection_id}"))
    if not form.is_valid():
        return _page(request, process, status=422, **{f"objection_{objection_id}": form})
    data = form.cleaned_data
    decided_by = data["decided_by"] or actor_of(request, "dispose_objections", process).name
    consensus.dispose_objection(
        objection, data["disposal"], data["reasons"], decided_by, timezone.now(), data["minority_statement"]
    )
    return _saved(request, process)


@require_POST
@on_process("dispose_objections")
def add_dissent(request: HttpRequest, process: Process) -> HttpResponse:
    form = DissentForm(request.POST, auto_id=_ids("dissent_form"))
    if not form.is_valid():
        return _page(request, process, status=422, dissent_form=form)
    form.instance.process = process
    form.instance.at = timezone.now()
    form.save()
    return _saved(request, process)


@require_POST
@on_process("dispose_objections")
def add_challenge(request: HttpRequest, process: Process) -> HttpResponse:
    declaration = get_object_or_404(Declaration.objects.order_by("-at"), process=process)
    form = RecordedChallengeForm(request.POST, auto_id=_ids("challenge_form"))
    if form.is_valid():
        try:
            challenges.record(declaration, form.cleaned_data["by_name"], form.cleaned_data["facts"], timezone.now())
            return _saved(request, process)
        except challenges.TermOver as error:
            form.add_error(None, _("The term for challenges ended on %s.") % f"{error.until:%Y-%m-%d}")
    return _page(request, process, status=422, challenge_form=form)


@require_POST
@on_process("dispose_objections")
def answer_challenge(request: HttpRequest, process: Process, challenge_id: int) -> HttpResponse:
    challenge = get_object_or_404(Challenge, pk=challenge_id, declaration__process=process)
    form = AnswerChallengeForm(request.POST, auto_id=_ids(f"challenge_{challenge_id}"))
    if not form.is_valid():
        return _page(request, process, status=422, **{f"challenge_{challenge_id}": form})
    actor = actor_of(request, "dispose_objections", process)
    challenges.answer(challenge, form.cleaned_data["answer"], actor.name, timezone.now())
    return _saved(request, process)


@require_POST
@on_process("moderate")
def moderate_challenge(request: HttpRequest, process: Process, challenge_id: int) -> HttpResponse:
    """Show a challenge that came by the form, or keep it out."""
    challenge = get_object_or_404(Challenge, pk=challenge_id, declaration__process=process)
    target = request.POST.get("to", "")
    if target in {Moderation.PUBLISHED, Moderation.HIDDEN, Moderation.SPAM}:
        challenges.moderate(challenge, target)
    return _saved(request, process)
