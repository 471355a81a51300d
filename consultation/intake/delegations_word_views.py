"""Admin views that bring a delegation's redlined Word file: the form, the preview of what it says, the recording."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from consultation.admin_page import desk, on_process
from consultation.intake import delegations_word_files
from consultation.intake.admin_views import period_of
from consultation.intake.forms import WordFileForm
from consultation.submissions import drafts
from consultation.submissions.services import NothingToSend
from consultation.word_comments.services import MOST_BYTES, NotTaken, sent
from workflow.transitions.models import Process


@on_process("enter")
def bring(request: HttpRequest, process: Process) -> HttpResponse:
    """A file is read, and what it says is shown before anything is recorded."""
    period = period_of(process)
    now = timezone.now()
    initial = {"received_at": now, "language": period.edition.language if period else "en", "received_via": "email"}
    form = WordFileForm(request.POST or None, request.FILES or None, initial=initial)
    if period and form.is_bound and form.is_valid():
        data = form.cleaned_data
        came = delegations_word_files.Came(data["received_via"], data["received_at"], data["channel_note"])
        try:
            content = data["file"].read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                raise NotTaken(_("The file is larger than %d MB.") % (MOST_BYTES // 1024 // 1024))
            found = sent(content, data["file"].name)
            draft = delegations_word_files.begin(
                period, found, form.person, came, with_names=data["with_names"], now=now
            )
        except NotTaken as error:
            form.add_error("file", error.reason)
        else:
            return redirect("consultation_admin:record_word", process.pk, draft.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "period": period}
    return desk(request, process, "enter", "consultation/intake/admin_word_file.html", context, status=status)


@on_process("enter")
def record(request: HttpRequest, process: Process, draft_id: int) -> HttpResponse:
    """The preview: what will be recorded, what of the file is in none of it, and the buttons that record or drop it."""
    draft = delegations_word_files.draft_of(process, draft_id)
    if draft is None:
        raise Http404
    refusal = ""
    if draft.submission:
        messages.success(request, _("Recorded with receipt %s.") % draft.submission.receipt)
        return redirect("consultation_admin:enter", process.pk)
    if request.method == "POST":
        if "drop" in request.POST:
            delegations_word_files.drop(draft)
            messages.success(request, _("What was read of the file is deleted. Nothing was recorded."))
            return redirect("consultation_admin:enter_word", process.pk)
        try:
            submission = delegations_word_files.record(draft, set(request.POST.getlist("take")), request.user)
        except NothingToSend:
            refusal = _("Choose at least one comment.")
        else:
            count = submission.comments.count()
            text = ngettext("%d comment waits for moderation.", "%d comments wait for moderation.", count) % count
            messages.success(request, _("Recorded with receipt %s.") % submission.receipt + " " + text)
            return redirect("consultation_admin:enter", process.pk)
    context = {
        "draft": draft, "edition": draft.period.edition, "refusal": refusal, "person": draft.content["person"],
        "desk": draft.content[drafts.DESK], "from_file": draft.content["word"],
        "entries": [drafts.preview_of(draft.period.edition, entry) for entry in draft.comments],
    }  # fmt: skip
    status = 422 if refusal else 200
    return desk(request, process, "enter", "consultation/intake/admin_word_preview.html", context, status=status)
