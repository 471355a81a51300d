"""What waits on each block of a text, beside it in the page editor: unanswered comments, open wordings, open notes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.forms import Media
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.side_panels import BaseSidePanel

from consultation.capabilities import may
from consultation.comments.models import Comment
from consultation.notes.models import Note
from consultation.suggestions.models import Suggestion
from consultation.working_text.places import GONE, WHOLE, label_of, places_of, places_of_comments, working_text
from core.languages.lists import listed
from workflow.editor.panels import SIDE_PANELS
from workflow.transitions.governed_pages import GovernedPage
from workflow.transitions.models import Process
from workflow.transitions.services import process_of

COMMENTS, WORDINGS, NOTES = "comments", "wordings", "notes"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits at one place. key: of the passage, or of the block; address: of its rows on the board."""

    key: str
    label: str
    said: str
    address: str


def waiting_on(process: Process) -> tuple[list[Waiting], dict[str, Waiting]]:
    """(what waits on each passage, in reading order; the same added up for each block, by the block's id)."""
    comments = list(Comment.objects.filter(series=process.series).unanswered().for_reading())
    suggestions = list(Suggestion.objects.open().filter(process=process))
    notes = list(Note.objects.open().filter(process=process))
    if not (comments or suggestions or notes):
        return [], {}
    now = working_text(process)
    places = {COMMENTS: [keys[0] for keys in places_of_comments(comments, process, now).values()]}
    places |= {WORDINGS: list(places_of(suggestions, now).values()), NOTES: list(places_of(notes, now).values())}
    counts = _counted(places)
    labels = {WHOLE: label_of(None)} | {passage.key: label_of(passage) for passage in now}
    labels[GONE] = _("Paragraphs that are not in the working text any more")
    board = reverse("consultation_admin:dispositions", args=[process.pk])
    found = [_waiting(key, label, counts[key], board) for key, label in labels.items() if key in counts]
    blocks: dict[str, Counter[str]] = defaultdict(Counter)
    for key, counted in counts.items():
        if key not in (WHOLE, GONE):
            blocks[key.split(".")[0]] += counted
    return found, {block: _waiting(block, "", counted, board) for block, counted in blocks.items()}


def _counted(places: Mapping[str, Iterable[str]]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, keys in places.items():
        for key in keys:
            counts[key][kind] += 1
    return counts


def _waiting(key: str, label: str, counted: Counter[str], board: str) -> Waiting:
    said = []
    if number := counted[COMMENTS]:
        said.append(ngettext("%d comment", "%d comments", number) % number)
    if number := counted[WORDINGS]:
        said.append(ngettext("%d wording", "%d wordings", number) % number)
    if number := counted[NOTES]:
        said.append(ngettext("%d note", "%d notes", number) % number)
    address = f"{board}?show=open" if key in (WHOLE, GONE) else f"{board}?at={quote(key)}"
    return Waiting(key, label, listed(said), address)


class WaitingSidePanel(BaseSidePanel):
    """A list of what waits, which a script also writes at the head of each block."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle what waits on this text")
        icon_name = "list-ul"
        counter_classname = "w-bg-info-100"

        def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {"count": len(self.panel.waiting)}

    name = "waiting"
    title = gettext_lazy("What waits on this text")
    template_name = "consultation/board/admin_editor_panel.html"
    order = 60

    def __init__(self, page: GovernedPage, request: Any) -> None:
        super().__init__(page, request)
        self.process = process_of(page)
        self.waiting: list[Waiting] = []
        self.blocks: dict[str, Waiting] = {}
        if may(request.user, "read", self.process):
            self.waiting, self.blocks = waiting_on(self.process)

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        marks = {block: {"said": each.said, "address": each.address} for block, each in self.blocks.items()}
        board = reverse("consultation_admin:dispositions", args=[self.process.pk])
        context = {"waiting": self.waiting, "marks": marks, "board": board}
        return super().get_context_data(parent_context) | context

    @property
    def media(self) -> Media:
        return Media(js=[versioned_static("js/admin/waiting-marks.js")])


SIDE_PANELS.append(WaitingSidePanel)
