"""The registry of guards, and the guards that need nothing but the process, its draft and the form.

A guard looks and never writes. It yields what is missing, in an editor's words, with the page that mends it; silence
means met. Rooms above register the guards that need their tables, each in a file of this name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.datetimes import in_words
from editions.comparison.parallel import is_untranslated, parallel
from editions.document import json_form, validation
from editions.document.model import Block, Section, SectionKind
from editions.document.passages import passages
from editions.models import Edition
from editions.services import Draft
from editions.translations import translations_of
from workflow.states import TRANSITIONS, Role, Text, Transition
from workflow.transitions.drafts import draft_for
from workflow.transitions.models import Process


@dataclass(frozen=True, slots=True)
class Unmet:
    """One reason why a move is refused. mend: address of the page where it can be put right, or ""."""

    code: str
    message: str
    mend: str = ""
    soft: bool = False


def block_address(edit: str, key: str) -> str:
    """Where the page editor opens at the block of a passage. edit: the address of the editor."""
    return f"{edit}#block-{key.split('.')[0]}-section"


@dataclass
class Attempt:
    """One try at a move: everything a guard may look at. data: cleaned values of the move's form. taken_over: fields of
    the text that these filled."""

    process: Process
    move: Transition
    user: Any
    role: Role
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    is_passing: bool = False  # one of many looks, as at a checklist: what is dear to find out is not asked
    taken_over: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def text(self) -> Any:
        """The page with its newest working text and what the form of the move says of it, or None where the page is
        gone."""
        if self.process.page is None:
            return None
        text = self.process.page.specific.get_latest_revision_as_object()
        self.taken_over = text.take_over(self.data)
        return text

    @cached_property
    def draft(self) -> Draft | None:
        """The text that would be frozen now."""
        return draft_for(self.text, self.move) if self.text else None

    @property
    def edit_address(self) -> str:
        page = self.process.page
        return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""

    @property
    def form_address(self) -> str:
        page = self.process.page
        return reverse("workflow_admin:move", args=[page.pk, self.move.name]) if page else ""

    def field(self, name: str) -> str:
        """Where a field of the step's form is filled in: a browser puts the focus into what the fragment names."""
        return f"{self.form_address}#id_{name}" if self.form_address else ""

    def block(self, key: str) -> str:
        """Where the editor opens at the block of a passage, a section or a figure."""
        return block_address(self.edit_address, key) if self.edit_address and key else ""

    def panel(self, name: str) -> str:
        """Where the editor opens at a field of the page."""
        return f"{self.edit_address}#panel-child-content-{name}-section" if self.edit_address else ""


Check = Callable[[Attempt], Iterable[Unmet]]


@dataclass(frozen=True, slots=True)
class Guard:
    """summary: what must hold, for the help page. of_form: judged only once the move's form is filled in."""

    name: str
    summary: Text
    check: Check
    of_form: bool


GUARDS: dict[str, Guard] = {}


def guard(name: str, summary: Text, *, of_form: bool = False) -> Callable[[Check], Check]:
    """Register a guard under the name that workflow.states uses. A name can be taken once."""

    def register(check: Check) -> Check:
        if name in GUARDS:
            raise ValueError(f"guard {name!r} is registered twice")
        GUARDS[name] = Guard(name, summary, check, of_form)
        return check

    return register


def guard_summary(name: str) -> str:
    """What must hold, in words. A guard that no room registers keeps its name; the system check bpf.E001 reports it."""
    found = GUARDS.get(name)
    return str(found.summary) if found else name.replace("_", " ")


def unmet_guards(attempt: Attempt, *, with_form: bool) -> Iterator[Unmet]:
    """Every unmet guard of the attempted move, hard ones first. with_form: also those that judge the form's values."""
    for names, soft in ((attempt.move.hard, False), (attempt.move.soft, True)):
        for name in names:
            found = GUARDS[name]  # a name without a guard is an error at start (workflow.checks), never a guard met
            if found.of_form and not with_form:
                continue
            for unmet in found.check(attempt):
                yield Unmet(unmet.code, unmet.message, unmet.mend or attempt.edit_address, soft)


def advice(attempt: Attempt) -> Iterator[Unmet]:
    """What the mover is told, and may leave as it is."""
    for name in attempt.move.advised:
        for told in GUARDS[name].check(attempt):
            yield replace(told, mend=told.mend or attempt.edit_address)


PROBLEM_MESSAGES: dict[str, Text] = {
    "no_title": gettext_lazy("The document has no title."),
    "empty": gettext_lazy("The document has no text yet."),
    "no_key": gettext_lazy("This paragraph has no key; save the page once in the editor: “%(place)s”"),
    "duplicate_key": gettext_lazy("Two paragraphs share one key; delete one of them and write it anew: “%(place)s”"),
    "written_twice": gettext_lazy("Two people changed this paragraph at once; join both wordings: “%(place)s”"),
    "no_alt_text": gettext_lazy("This image has no description for people who cannot see it: %(place)s"),
    "mark_without_note": gettext_lazy("A footnote mark leads to no footnote: %(place)s"),
    "note_without_mark": gettext_lazy("No mark in the text leads to this footnote: “%(place)s”"),
}


@guard(
    "text_complete", gettext_lazy("Every paragraph can be cited, every image is described, every footnote is marked.")
)
def text_complete(attempt: Attempt) -> Iterator[Unmet]:
    if attempt.draft is None:
        yield Unmet("text_complete", _("The page of this document no longer exists."))
        return
    for problem in validation.problems(attempt.draft.document):
        message = str(PROBLEM_MESSAGES[problem.code]) % {"place": problem.place or problem.key}
        # The editor opens panels by block; the key is the fragment its comments and minimap use as well.
        where = attempt.block(problem.key) or attempt.panel("title" if problem.code == "no_title" else "body")
        yield Unmet("text_complete", message, where)


@guard("announced", gettext_lazy("The call for comment has an announcement."), of_form=True)
def announced(attempt: Attempt) -> Iterator[Unmet]:
    if not str(attempt.data.get("announcement") or "").strip():
        yield Unmet(
            "announced", _("Write the announcement that invites people to comment."), attempt.field("announcement")
        )


@guard(
    "period_in_order", gettext_lazy("The comment period opens before it closes and has not closed yet."), of_form=True
)
def period_in_order(attempt: Attempt) -> Iterator[Unmet]:
    opens, closes = attempt.data.get("opens"), attempt.data.get("closes")
    if not opens or not closes:
        yield Unmet("period_in_order", _("Give the dates on which comment opens and closes."), attempt.field("opens"))
    elif closes <= opens:
        yield Unmet("period_in_order", _("Comment must close after it opens."), attempt.field("closes"))
    elif closes <= attempt.at:
        yield Unmet("period_in_order", _("The closing date has passed already."), attempt.field("closes"))


@guard("period_long_enough", gettext_lazy("The comment period is at least 21 days long."), of_form=True)
def period_long_enough(attempt: Attempt) -> Iterator[Unmet]:
    opens, closes = attempt.data.get("opens"), attempt.data.get("closes")
    least = timedelta(days=settings.COMMENT_PERIOD_LEAST_DAYS)
    if opens and closes and opens < closes < opens + least:
        message = _("Length of the comment period in days: %(days)d; at least %(least)d are expected.")
        days = {"days": (closes - opens).days, "least": least.days}
        yield Unmet("period_long_enough", message % days, attempt.field("closes"))


@guard("session_named", gettext_lazy("The session's date and place are known."), of_form=True)
def session_named(attempt: Attempt) -> Iterator[Unmet]:
    if not attempt.data.get("session_date") or not str(attempt.data.get("session_place") or "").strip():
        yield Unmet("session_named", _("Give the date and the place of the session."), attempt.field("session_date"))


@guard("source_named", gettext_lazy("A public source of the output is named."), of_form=True)
def source_named(attempt: Attempt) -> Iterator[Unmet]:
    if not str(attempt.data.get("public_source") or "").strip():
        said = _("Name the public source in which this output can be found.")
        yield Unmet("source_named", said, attempt.field("public_source"))


@guard(
    "consensus_declared", gettext_lazy("A named person declares rough consensus and gives the grounds."), of_form=True
)
def consensus_declared(attempt: Attempt) -> Iterator[Unmet]:
    if not str(attempt.data.get("grounds") or "").strip():
        said = _("Give the grounds on which rough consensus is declared.")
        yield Unmet("consensus_declared", said, attempt.field("grounds"))


@guard("alternatives_resolved", gettext_lazy("Every bracketed alternative is resolved, or kept as dissent."))
def alternatives_resolved(attempt: Attempt) -> Iterator[Unmet]:
    blocks = attempt.draft.document.blocks if attempt.draft else ()
    for section in _sections(blocks):
        if section.kind == SectionKind.ALTERNATIVE:
            words = "".join(run.text for run in section.title)[:60]
            message = _("A bracketed alternative is still open; settle it or keep it as dissent: “%s”")
            yield Unmet("alternatives_resolved", message % words, attempt.block(section.key))


@guard("not_last_editor", gettext_lazy("The person who adopts is not the one who edited the text last."))
def not_last_editor(attempt: Attempt) -> Iterator[Unmet]:
    page = attempt.process.page
    last = page.latest_revision.user if page and page.latest_revision else None
    if last is not None and last == attempt.user:
        when = in_words(page.latest_revision.created_at)  # type: ignore[union-attr]
        message = _("You edited this text last (%s). Somebody else should adopt it.")
        yield Unmet("not_last_editor", message % when)


@guard("text_changed", gettext_lazy("The text differs from the edition that it corrects."))
def text_changed(attempt: Attempt) -> Iterator[Unmet]:
    edition = attempt.process.current_edition
    if edition and attempt.draft and json_form.sha256(attempt.draft.document) == edition.sha256:
        message = _("The working text is the same as %s: correct it in the editor first.")
        yield Unmet("text_changed", message % edition.identifier, attempt.panel("body"))


@guard("has_public_edition", gettext_lazy("There is a public edition to withdraw."))
def has_public_edition(attempt: Attempt) -> Iterator[Unmet]:
    if attempt.process.current_edition is None:
        yield Unmet("has_public_edition", _("Nothing of this document is public; the page may simply be deleted."))


@guard("final_parts_present", gettext_lazy("Challenges, unanswered questions and future work are stated."))
def final_parts_present(attempt: Attempt) -> Iterator[Unmet]:
    blocks = attempt.draft.document.blocks if attempt.draft else ()
    present = {section.kind for section in _sections(blocks)}
    wanted = {
        SectionKind.CHALLENGE: _("challenges"),
        SectionKind.OPEN_QUESTION: _("unanswered questions"),
        SectionKind.FUTURE_WORK: _("future work"),
    }
    for kind, name in wanted.items():
        if kind not in present:
            yield Unmet("final_parts_present", _("The outcome has no section on %s.") % name, attempt.panel("body"))


@guard("original_is_discussed", gettext_lazy("The text is no translation: comments belong to its original."))
def original_is_discussed(attempt: Attempt) -> Iterator[Unmet]:
    page = attempt.process.page
    if page is not None and (original := _translated(attempt)):
        said = _("This is a translation of %s, and comments belong to the original. It is published by “%s”.")
        move = TRANSITIONS["record"]
        mend = reverse("workflow_admin:move", args=[page.pk, move.name])
        yield Unmet("original_is_discussed", said % (original, move.label), mend)


@guard("original_is_public", gettext_lazy("What a translation translates is public."))
def original_is_public(attempt: Attempt) -> Iterator[Unmet]:
    if (name := _translated(attempt)) and not Edition.objects.public().filter(identifier=name).exists():
        yield Unmet("original_is_public", _("%s, which this translates, is not public any more.") % name)


@guard("translation_corresponds", gettext_lazy("Every paragraph of a translation translates one of its original."))
def translation_corresponds(attempt: Attempt) -> Iterator[Unmet]:
    """What differs in structure, and what still has the words of the original."""
    name = "" if attempt.is_passing else _translated(attempt)
    original = Edition.objects.filter(identifier=name).first() if name else None
    if original is None or attempt.draft is None:
        return
    pairs = parallel(list(passages(original.content)), list(passages(attempt.draft.document)))
    missing = [pair.original for pair in pairs if pair.original and pair.translation is None]
    added = [pair.translation for pair in pairs if pair.translation and pair.original is None]
    same = [pair.translation for pair in pairs if pair.translation and is_untranslated(pair)]
    told = (
        (missing, _("Paragraphs of the original without a translation: %(count)d, such as %(place)s."), False),
        (added, _("Paragraphs that translate none of the original: %(count)d, such as %(place)s."), True),
        (same, _("Paragraphs that still have the words of the original: %(count)d, such as %(place)s."), True),
    )
    for found, words, is_here in told:
        if found:
            said = words % {"count": len(found), "place": found[0].label}
            yield Unmet("translation_corresponds", said, attempt.block(found[0].key) if is_here else "")


@guard("translations_withdrawn", gettext_lazy("No translation of it is public."))
def translations_withdrawn(attempt: Attempt) -> Iterator[Unmet]:
    """A withdrawn text would stay readable in another language."""
    editions = Edition.objects.filter(series=attempt.process.series).defer("document")
    for translation in translations_of(editions):
        said = _("Its translation %s is public. Withdraw that first, or say why it stays.") % translation.identifier
        mend = reverse("workflow_admin:move", args=[translation.page_id, "withdraw"]) if translation.page_id else ""
        yield Unmet("translations_withdrawn", said, mend)


def _translated(attempt: Attempt) -> str:
    """The identifier of the edition that the text translates, or ""."""
    return str(attempt.draft.metadata.get("translation_of") or "") if attempt.draft else ""


def _sections(blocks: tuple[Block, ...]) -> Iterator[Section]:
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from _sections(block.blocks)
