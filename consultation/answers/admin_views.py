"""The answer to one comment with all its fields; and targets that must be found by hand."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation.admin_page import desk, on_process
from consultation.answers import services as dispositions
from consultation.answers.forms import AnswerForm
from consultation.answers.services import Answer, NotTaken
from consultation.comments import anchor_mapping
from consultation.comments.models import Comment, Mapping
from consultation.comments.public_comments import shown
from consultation.working_text.places import label_of, places_of_comments, working_text
from editions.models import Passage
from workflow.transitions.guards import block_address
from workflow.transitions.models import Process


@on_process("draft_answers")
def answer(request: HttpRequest, process: Process, number: int) -> HttpResponse:
    """Draft the answer to one comment."""
    comment = get_object_or_404(Comment.objects.for_reading(), series=process.series, number=number)
    draft = comment.dispositions.drafts().first() or comment.dispositions.published().first()
    initial: dict[str, Any] = {}
    if draft:
        initial = {name: getattr(draft, name) for name in ("outcome", "response", "decided_by", "decided_where")}
        initial["addressed_in"] = draft.addressed_in.number if draft.addressed_in else None
        initial["duplicate_of"] = draft.duplicate_of.number if draft.duplicate_of else None
    form = AnswerForm(request.POST or None, initial=initial)
    alike = dispositions.near_duplicates(comment)
    if not alike:
        del form.fields["with_alike"]
    status = 200
    if form.is_bound and form.is_valid():
        try:
            data = form.cleaned_data
            numbers = [number, *(alike if data.pop("with_alike", False) else [])]
            written = [Answer(comment=each, **data) for each in numbers]
            dispositions.write_answers(process, written, request.user, timezone.now())
            messages.success(request, _("Kept as a draft. Publish the answers together when they are ready."))
            return redirect("consultation_admin:dispositions", process.pk)
        except NotTaken as error:
            for problem in error.problems:
                form.add_error(None, problem.reason)
    if form.is_bound:
        status = 422
    context = {"form": form, "item": shown([comment], process.current_edition)[0], "comment": comment, "alike": alike}
    context["blocks"] = _blocks_of(comment, process)
    return desk(request, process, "dispositions", "consultation/answers/admin_answer.html", context, status=status)


def _blocks_of(comment: Comment, process: Process) -> list[tuple[str, str]]:
    """(label, address in the editor) of each paragraph of the working text that the comment is about today."""
    now = working_text(process)
    keys = places_of_comments([comment], process, now)[comment.pk]
    edit = reverse("wagtailadmin_pages:edit", args=[process.page_id]) if now else ""
    return [(label_of(each), block_address(edit, each.key)) for each in now if each.key in keys]


@on_process("map")
def mappings(request: HttpRequest, process: Process) -> HttpResponse:
    """Targets whose place in a later edition nobody knows for sure."""
    rows = (
        Mapping.objects.queue()
        .filter(edition__series=process.series)
        .select_related("target__passage__edition", "target__comment", "candidate", "passage", "edition")
        .defer("edition__document", "target__passage__edition__document")
        .order_by("edition__number", "target__comment__number")
    )
    return desk(request, process, "mappings", "consultation/comments/admin_anchor_mappings.html", {"rows": rows})


@require_POST
@on_process("map")
def settle(request: HttpRequest, process: Process, mapping_id: int) -> HttpResponse:
    """A person names the paragraph, or says that the text is gone."""
    row = get_object_or_404(Mapping, pk=mapping_id, edition__series=process.series)
    place = request.POST.get("place", "").strip().lstrip("¶").strip()
    passage, gone = None, bool(request.POST.get("gone"))
    if place and not gone:
        anchor = f"p{place}" if place.isdecimal() else place
        passage = Passage.objects.filter(edition=row.edition, anchor=anchor).first()
        if passage is None:
            messages.error(request, _("Edition %(n)d has no paragraph %(p)s.") % {"n": row.edition.number, "p": place})
            return redirect("consultation_admin:mappings", process.pk)
    elif not gone:
        messages.error(request, _("Give a paragraph number, or say that the text is gone."))
        return redirect("consultation_admin:mappings", process.pk)
    anchor_mapping.settle(row, passage, request.user, timezone.now())
    messages.success(request, _("Settled."))
    return redirect("consultation_admin:mappings", process.pk)
