"""The board of one document: every button of it, and the page that all of them come back to."""

from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation.admin_page import desk, on_process
from consultation.answers import services as answers
from consultation.answers.services import Answer, NotTaken
from consultation.answers.sheets import read_answers
from consultation.board.forms import QUICK, AcceptForm, AnswersForm, DropForm, NoteForm, SuggestForm
from consultation.board.rows import Show, board_of
from consultation.capabilities import may
from consultation.comments.models import Comment
from consultation.notes.models import Note
from consultation.notes.services import NothingSaid, Stranger, resolve, write_note
from consultation.suggestions import services as suggestions
from consultation.suggestions.models import Suggestion
from consultation.suggestions.services import Changed, Refused
from consultation.working_text.places import WHOLE, working_text
from core.languages.lists import listed
from core.pagination import page_of
from core.spreadsheets import RowProblem, SheetError
from editions.comparison.alignment import Piece, word_diff
from workflow.notices.services import people_of
from workflow.transitions.models import Process

ROWS_ON_A_PAGE = 80
VIEW = ("show", "section", "at", "page", "chosen")
"""What an address of the board says of what is shown; each button comes back to the same."""


@dataclass
class Problem:
    """Why something was not done, with all that its sender wrote. action: where the words can be sent once more.

    present, pieces: what the paragraph says, and the wording against it, where both are to be joined.
    """

    messages: list[str]
    words: str = ""
    name: str = "wording"
    action: str = ""
    hidden: dict[str, Any] = field(default_factory=dict)
    present: str = ""
    pieces: tuple[Piece, ...] = ()


@on_process("read")
def board(request: HttpRequest, process: Process) -> HttpResponse:
    return _page(request, process, request.GET)


def _page(
    request: HttpRequest,
    process: Process,
    asked: QueryDict,
    problem: Problem | None = None,
    sheet: list[RowProblem] | None = None,
) -> HttpResponse:
    user: Any = request.user
    found = board_of(process)
    show = asked.get("show", "") if asked.get("show") in Show else Show.OPEN.value
    section, at = asked.get("section", ""), asked.get("at", "")
    page = page_of(asked, found.shown(show, user, section=section, at=at), ROWS_ON_A_PAGE)
    counts = found.counts(user)
    view = _view_of(asked)
    context = {
        "page": page,
        "list_query": view,
        "rows": _with_next(list(page)),
        "show": show,
        "shows": [(each, counts[each]) for each in Show],
        "headings": found.headings,
        "section": section,
        "at": at,
        "chosen": bool(asked.get("chosen")),
        "back": view.urlencode(),
        "ready": found.ready,
        "drafts": found.drafts,
        "unanswered": found.unanswered,
        "closed": suggestions.why_closed(process, user),
        "people": people_of(process),
        "outcomes": QUICK,
        "problem": problem,
        "sheet_problems": sheet or [],
    }
    status = 422 if problem or sheet else 200
    return desk(request, process, "dispositions", "consultation/board/admin_board.html", context, status=status)


def _with_next(rows: list[Any]) -> list[dict[str, Any]]:
    """Each row with the one to which its buttons lead on."""
    following = [*(row.html_id for row in rows[1:]), ""]
    return [{"row": row, "next": after} for row, after in zip(rows, following, strict=False)]


def _view_of(asked: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name in VIEW:
        if asked.get(name) and name != "chosen":
            kept[name] = str(asked[name])[:100]
    return kept


def _asked_before(request: HttpRequest) -> QueryDict:
    return _view_of(QueryDict(request.POST.get("back", "")[:1000]))


def _back(request: HttpRequest, process: Process) -> HttpResponse:
    """To what was shown before, at the row that comes next."""
    address = reverse("consultation_admin:dispositions", args=[process.pk])
    asked = _asked_before(request).urlencode()
    next_row = request.POST.get("next", "")
    is_row = next_row.startswith("row-") and next_row[4:].isalnum()
    return redirect(f"{address}{'?' if asked else ''}{asked}{'#' + next_row if is_row else ''}")


def _refused(request: HttpRequest, process: Process, problem: Problem) -> HttpResponse:
    return _page(request, process, _asked_before(request), problem)


def _faults(form: Form) -> list[str]:
    return [str(each) for errors in form.errors.values() for each in errors]


@require_POST
@on_process("suggest")
def suggest(request: HttpRequest, process: Process) -> HttpResponse:
    """Suggest a wording: typed, or the one that a comment proposes; and accept it at once, where that was pressed."""
    form = SuggestForm(request.POST)
    here = reverse("consultation_admin:suggest", args=[process.pk])
    typed = Problem([], request.POST.get("wording", ""), "wording", here, {"key": request.POST.get("key", "")})
    if not form.is_valid():
        typed.messages = _faults(form)
        return _refused(request, process, typed)
    data, now = form.cleaned_data, timezone.now()
    try:
        if data["comment"]:
            rows = Comment.objects.for_reading().filter(series=process.series)
            comment = get_object_or_404(rows.needing_answer(), number=data["comment"])
            made = suggestions.suggest_from(comment, process, request.user, now)
        else:
            made = suggestions.suggest(process, data["key"], data["wording"], request.user, now)
    except Refused as error:
        typed.messages = [str(error)]
        return _refused(request, process, typed)
    if data["accept"] and may(request.user, "settle_suggestions", process):
        return _accept(request, process, made, {"seen": data["seen"], "also": data["also"]})
    messages.success(request, _("The wording is suggested. It changes the text once it is accepted."))
    return _back(request, process)


@require_POST
@on_process("settle_suggestions")
def accept(request: HttpRequest, process: Process, suggestion_id: int) -> HttpResponse:
    """Write a suggested wording into the working text, as it is or in the words that were sent along."""
    suggestion = get_object_or_404(Suggestion, pk=suggestion_id, process=process)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        address = reverse("consultation_admin:accept_suggestion", args=[process.pk, suggestion_id])
        hidden = {"seen": request.POST.get("seen", "")}
        problem = Problem(_faults(form), request.POST.get("wording", ""), "wording", address, hidden)
        return _refused(request, process, problem)
    return _accept(request, process, suggestion, form.cleaned_data)


def _accept(request: HttpRequest, process: Process, suggestion: Suggestion, data: dict[str, Any]) -> HttpResponse:
    address = reverse("consultation_admin:accept_suggestion", args=[process.pk, suggestion.pk])
    try:
        suggestions.accept(suggestion, request.user, timezone.now(), **data)
    except Changed as error:
        hidden = {"seen": suggestions.digest(error.present), "also": data.get("also", [])}
        pieces = tuple(word_diff(error.present, error.wording))
        return _refused(
            request, process, Problem([str(error)], error.wording, "wording", address, hidden, error.present, pieces)
        )
    except Refused as error:
        return _refused(request, process, Problem([str(error)], data.get("wording", "")))
    except NotTaken as error:
        return _refused(request, process, Problem([each.reason for each in error.problems], data.get("response", "")))
    messages.success(request, _("The wording is in the working text."))
    return _back(request, process)


@require_POST
@on_process("settle_suggestions")
def drop(request: HttpRequest, process: Process, suggestion_id: int) -> HttpResponse:
    suggestion = get_object_or_404(Suggestion, pk=suggestion_id, process=process)
    form = DropForm(request.POST)
    address = reverse("consultation_admin:drop_suggestion", args=[process.pk, suggestion_id])
    try:
        if not form.is_valid():
            raise Refused(_("Say why this wording is dropped."))
        suggestions.drop(suggestion, request.user, timezone.now(), form.cleaned_data["reason"])
    except Refused as error:
        return _refused(request, process, Problem([str(error)], request.POST.get("reason", ""), "reason", address))
    messages.success(request, _("The wording is dropped; it is kept with the reason."))
    return _back(request, process)


@require_POST
@on_process("draft_answers")
def answer_many(request: HttpRequest, process: Process) -> HttpResponse:
    """The same answer, as a draft, for each chosen comment: for all of them, or for none."""
    form = AnswersForm(request.POST)
    here = reverse("consultation_admin:answer_many", args=[process.pk])
    hidden = {"comment": request.POST.getlist("comment"), "outcome": request.POST.get("outcome", "")}
    typed = Problem([], request.POST.get("response", ""), "response", here, hidden)
    if not form.is_valid():
        typed.messages = _faults(form)
        return _refused(request, process, typed)
    data = form.cleaned_data
    chosen = [Answer(number, data["outcome"], data["response"]) for number in data["comment"]]
    try:
        written = answers.write_answers(process, chosen, request.user, timezone.now())
    except NotTaken as error:
        typed.messages = list(dict.fromkeys(each.reason for each in error.problems))
        return _refused(request, process, typed)
    text = ngettext("%d answer was kept as a draft.", "%d answers were kept as drafts.", len(written))
    messages.success(request, text % len(written))
    return _back(request, process)


@require_POST
@on_process("note")
def add_note(request: HttpRequest, process: Process) -> HttpResponse:
    """A note on a paragraph, for everybody, for whom it names, or for whom the paragraph is given to."""
    form = NoteForm(request.POST, people=people_of(process))
    here = reverse("consultation_admin:add_note", args=[process.pk])
    hidden = {name: request.POST.get(name, "") for name in ("key", "assigned_to", "due_on")}
    typed = Problem([], request.POST.get("words", ""), "words", here, hidden)
    if not form.is_valid():
        typed.messages = _faults(form)
        return _refused(request, process, typed)
    data = dict(form.cleaned_data)
    key = data.pop("key")
    passage = next((each for each in working_text(process) if each.key == key), None) if key != WHOLE else None
    if passage is None and key != WHOLE:
        typed.messages = [_("This paragraph is not in the working text any more.")]
        return _refused(request, process, typed)
    try:
        _note, unknown = write_note(process, passage, request.user, timezone.now(), **data)
    except NothingSaid:
        typed.messages = [_("Write a note, or choose for whom the paragraph is.")]
        return _refused(request, process, typed)
    except Stranger:
        typed.messages = [_("Choose somebody of this forum.")]
        return _refused(request, process, typed)
    messages.success(request, _("The note is kept."))
    if unknown:
        said = _("Nobody of this forum has the user name %s, so nobody was told.")
        messages.warning(request, said % listed(f"@{name}" for name in unknown))
    return _back(request, process)


@require_POST
@on_process("note")
def resolve_note(request: HttpRequest, process: Process, note_id: int) -> HttpResponse:
    resolve(get_object_or_404(Note, pk=note_id, process=process), request.user, timezone.now())
    messages.success(request, _("The note is settled."))
    return _back(request, process)


@require_POST
@on_process("draft_answers")
def from_sheet(request: HttpRequest, process: Process) -> HttpResponse:
    """Take drafts of answers from a sheet: all rows, or none and a report of every wrong one."""
    upload = request.FILES.get("sheet")
    if upload is None:
        messages.error(request, _("Choose a file."))
        return redirect("consultation_admin:dispositions", process.pk)
    try:
        written = answers.write_answers(
            process, read_answers(upload.name or "", upload.read()), request.user, timezone.now()
        )
    except (SheetError, NotTaken) as error:
        return _page(request, process, _asked_before(request), sheet=error.problems)
    text = ngettext("%d answer was kept as a draft.", "%d answers were kept as drafts.", len(written))
    messages.success(request, text % len(written))
    return redirect("consultation_admin:dispositions", process.pk)


@require_POST
@on_process("publish_answers")
def publish(request: HttpRequest, process: Process) -> HttpResponse:
    """Publish the drafts of answers that are ready; the row of each other says why it waits."""
    published, waiting = answers.publish_ready(process, timezone.now())
    if published:
        text = ngettext("%d answer is public now.", "%d answers are public now.", len(published)) % len(published)
        messages.success(request, text)
    if waiting:
        text = ngettext("%d answer waits; its row says why.", "%d answers wait; their rows say why.", len(waiting))
        messages.warning(request, text % len(waiting))
        address = reverse("consultation_admin:dispositions", args=[process.pk])
        return redirect(f"{address}?show={Show.WAITING}")
    return redirect("consultation_admin:dispositions", process.pk)
