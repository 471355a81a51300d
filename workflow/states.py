"""States, transitions, roles and guards, declared once. Admin, help page, diagram, permissions and tests read this.

The source of every row is docs/architecture.md, section "Life of an outcome document".
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class State(models.TextChoices):
    """Where an outcome document stands. Labels are the forums' own words."""

    DRAFTING = "drafting", _("Initial draft")
    COMMENT = "comment", _("Public comment")
    INCORPORATING = "incorporating", _("Incorporating comments")
    WRAP_UP = "wrap_up", _("Wrap-up session")
    FINAL = "final", _("Rough-consensus outcome")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Recorded(models.TextChoices):
    """What was published elsewhere and is recorded here. It claims no consensus declared here, so it is called by what
    it is, everywhere: on pages, cards, filters, in feeds. Values are `recorded_` and the kind of the edition."""

    OUTCOME = "recorded_outcome", _("Recorded outcome")
    DRAFT = "recorded_draft", _("Recorded draft")
    PART = "recorded_part", _("Recorded part of an outcome")
    SUMMARY = "recorded_summary", _("Recorded summary")
    OVERVIEW = "recorded_overview", _("Recorded overview")
    INTERIM = "recorded_interim", _("Recorded interim report")
    WORKING = "recorded_working", _("Recorded working document")
    PLANNED = "recorded_planned", _("Recorded plan, output not seen")
    TRANSLATION = "recorded_translation", _("Translation")


def standing(stage: str, recorded: bool, kind: str) -> str:
    """Where an edition stands, as readers are told: its state, or what kind of output was recorded."""
    if not recorded or stage == State.WITHDRAWN:
        return stage
    value = f"recorded_{kind}"
    return value if value in Recorded else Recorded.OUTCOME


def standing_words(value: str) -> Promise | str:
    """Of a value that `standing` gave; any other as it is."""
    known: dict[str, Promise | str] = {each.value: each.label for each in (*State, *Recorded)}
    return known.get(value, value)


PUBLIC = frozenset(State) - {State.DRAFTING, State.WITHDRAWN}
"""States in which an edition stands at the document's address."""

SETTLED = frozenset({State.FINAL, State.WITHDRAWN})
"""States in which nobody is expected to act and the working text is closed."""

DRAFT_STAGES = frozenset({State.COMMENT, State.INCORPORATING, State.WRAP_UP})
"""Stages of an edition that is work in progress: not to be cited as final."""

MEANINGS: dict[State, Text] = {
    State.DRAFTING: _("The lead experts and the rapporteur write. The public sees nothing, or the former edition."),
    State.COMMENT: _("The draft is public, its paragraphs are numbered, and everybody may comment on them."),
    State.INCORPORATING: _("Comment is closed. The same draft stays public while every comment is answered."),
    State.WRAP_UP: _("The revised draft is public and is discussed in a session of the annual meeting."),
    State.FINAL: _(
        "The text reflects the rough consensus of the forum's lead experts and contributors. "
        "It is not a decision of the Internet Governance Forum or of the United Nations."
    ),
    State.WITHDRAWN: _("The document was taken back. The reason stands at its address."),
}


class Role(models.TextChoices):
    """Who may act. Facilitators, lead experts and rapporteurs are named per forum, the Secretariat once."""

    SECRETARIAT = "secretariat", _("Secretariat")
    FACILITATOR = "facilitator", _("Facilitator")
    LEAD_EXPERT = "lead_expert", _("Lead expert")
    RAPPORTEUR = "rapporteur", _("Rapporteur")
    CLOCK = "clock", _("Clock")


FORUM_ROLES = (Role.FACILITATOR, Role.LEAD_EXPERT, Role.RAPPORTEUR)
PEOPLE = frozenset(Role) - {Role.CLOCK}

ROLE_MEANINGS: dict[Role, Text] = {
    Role.SECRETARIAT: _("Looks after the whole library, may act in any role's place, and is named when it does."),
    Role.FACILITATOR: _("Leads a forum: opens and closes comment, presents, declares consensus and adopts."),
    Role.LEAD_EXPERT: _("Writes the substance, answers comments, and may adopt a text somebody else edited last."),
    Role.RAPPORTEUR: _("Drafts neutrally, records comments from elsewhere, and never moves a text to its outcome."),
    Role.CLOCK: _("The library itself, acting on a date that people set."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One legal move. `hard` and `soft` name guards; the Secretariat may override a soft one with a public reason.

    advised: guards of which the mover is told, and which stop nobody.
    asks: fields the person fills in when moving (transitions/forms.py). each: those of them that a step of many
    documents asks for each. freezes: an edition is made of the draft.
    """

    name: str
    label: Text
    explanation: Text
    sources: frozenset[State]
    target: State
    roles: frozenset[Role]
    hard: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    advised: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    freezes: bool = False
    needs_reason: bool = False

    @property
    def guards(self) -> tuple[str, ...]:
        return (*self.hard, *self.soft, *self.advised)

    @property
    def is_backward(self) -> bool:
        """Whether it takes something away from the public; the confirm page then warns."""
        return self.needs_reason and self.target in {State.DRAFTING, State.WITHDRAWN}


TEXT_IS_COMPLETE = ("text_complete", "prints", "suggestions_settled")
TEXT_IS_DRAWN = ("glyphs_covered",)
"""Guards of every move that makes an edition, and what is told of it."""

_ALL = (
    Transition(
        name="open_comment",
        label=_("Open public comment"),
        explanation=_(
            "The draft is frozen as an edition, made public, and may be commented on paragraph by paragraph."
        ),
        sources=frozenset({State.DRAFTING, State.INCORPORATING, State.WRAP_UP}),
        target=State.COMMENT,
        roles=frozenset({Role.FACILITATOR}),
        hard=(*TEXT_IS_COMPLETE, "original_is_discussed", "announced", "period_in_order"),
        soft=("period_long_enough",),
        advised=TEXT_IS_DRAWN,
        asks=("label", "announcement", "opens", "soft_deadline", "closes"),
        freezes=True,
    ),
    Transition(
        name="close_comment",
        label=_("Close public comment"),
        explanation=_("No new comments are taken. The draft stays public while the comments are answered."),
        sources=frozenset({State.COMMENT}),
        target=State.INCORPORATING,
        roles=frozenset({Role.FACILITATOR, Role.CLOCK}),
        soft=("period_over",),
    ),
    Transition(
        name="present",
        label=_("Present at the wrap-up session"),
        explanation=_("The revised draft is frozen as an edition and made public for the session."),
        sources=frozenset({State.COMMENT, State.INCORPORATING}),
        target=State.WRAP_UP,
        roles=frozenset({Role.FACILITATOR}),
        hard=(*TEXT_IS_COMPLETE, "session_named"),
        advised=TEXT_IS_DRAWN,
        asks=("label", "session_date", "session_place"),
        freezes=True,
    ),
    Transition(
        name="incorporate",
        label=_("Incorporate the session's comments"),
        explanation=_("What was said in the session is worked into the text. The presented draft stays public."),
        sources=frozenset({State.WRAP_UP}),
        target=State.INCORPORATING,
        roles=frozenset({Role.FACILITATOR}),
    ),
    Transition(
        name="adopt",
        label=_("Adopt as rough-consensus outcome"),
        explanation=_("The text is frozen as the final edition, with the declaration of rough consensus and dissent."),
        sources=frozenset({State.WRAP_UP, State.INCORPORATING}),
        target=State.FINAL,
        roles=frozenset({Role.FACILITATOR, Role.LEAD_EXPERT}),
        hard=(
            *TEXT_IS_COMPLETE,
            "no_open_period",
            "comments_moderated",
            "comments_answered",
            "accepted_comments_traceable",
            "objections_disposed",
            "alternatives_resolved",
            "consensus_declared",
        ),
        soft=("not_last_editor", "had_comment_period", "minutes_linked", "final_parts_present"),
        advised=TEXT_IS_DRAWN,
        asks=("grounds", "reopening"),
        freezes=True,
    ),
    Transition(
        name="return_to_draft",
        label=_("Return to draft"),
        explanation=_("The edition just opened is taken back, because nobody has commented on it yet."),
        sources=frozenset({State.COMMENT}),
        target=State.DRAFTING,
        roles=frozenset({Role.SECRETARIAT}),
        hard=("no_comment_yet",),
        needs_reason=True,
    ),
    Transition(
        name="revise",
        label=_("Begin a revision"),
        explanation=_("The working text is opened again. The final edition stays public until a new one follows it."),
        sources=frozenset({State.FINAL}),
        target=State.DRAFTING,
        roles=frozenset({Role.FACILITATOR}),
    ),
    Transition(
        name="correct",
        label=_("Publish a correction"),
        explanation=_("An error in the final edition is corrected by a new edition that says so and why."),
        sources=frozenset({State.FINAL}),
        target=State.FINAL,
        roles=frozenset({Role.SECRETARIAT}),
        hard=(*TEXT_IS_COMPLETE, "text_changed"),
        advised=TEXT_IS_DRAWN,
        freezes=True,
        needs_reason=True,
    ),
    Transition(
        name="record",
        label=_("Record an output adopted elsewhere"),
        explanation=_(
            "For outputs of past years, and for translations: the edition names its source and claims no declaration "
            "here."
        ),
        sources=frozenset({State.DRAFTING}),
        target=State.FINAL,
        roles=frozenset({Role.SECRETARIAT}),
        hard=(*TEXT_IS_COMPLETE, "source_named"),
        soft=("original_is_public",),
        advised=(*TEXT_IS_DRAWN, "translation_corresponds"),
        asks=("public_source", "original_date"),
        each=("public_source", "original_date"),
        freezes=True,
    ),
    Transition(
        name="withdraw",
        label=_("Withdraw"),
        explanation=_("Every edition is taken out of public view. The reason stands at each address for ever."),
        sources=PUBLIC | {State.DRAFTING},
        target=State.WITHDRAWN,
        roles=frozenset({Role.SECRETARIAT}),
        hard=("has_public_edition",),
        soft=("translations_withdrawn",),
        needs_reason=True,
    ),
    Transition(
        name="reinstate",
        label=_("Reinstate as draft"),
        explanation=_("Work on the text may go on. It becomes public again with its next edition."),
        sources=frozenset({State.WITHDRAWN}),
        target=State.DRAFTING,
        roles=frozenset({Role.SECRETARIAT}),
        needs_reason=True,
    ),
)

TRANSITIONS: dict[str, Transition] = {move.name: move for move in _ALL}


def moves_from(state: State | str) -> list[Transition]:
    """The legal moves out of a state, in the order of the table."""
    return [move for move in _ALL if state in move.sources]


@dataclass(frozen=True, slots=True)
class Wait:
    """What a state waits for, and the roles whose turn it is."""

    what: Text
    roles: tuple[Role, ...]


WAITS: dict[State, Wait] = {
    State.DRAFTING: Wait(
        _("The text is to be written, then opened to comment."), (Role.LEAD_EXPERT, Role.RAPPORTEUR, Role.FACILITATOR)
    ),
    State.COMMENT: Wait(
        _("Comments come in; then comment is to be closed or the text presented."), (Role.FACILITATOR,)
    ),
    State.INCORPORATING: Wait(
        _("Every comment is to be answered and worked in."), (Role.RAPPORTEUR, Role.LEAD_EXPERT, Role.FACILITATOR)
    ),
    State.WRAP_UP: Wait(
        _("The session is to be held and recorded, then consensus declared."), (Role.FACILITATOR, Role.LEAD_EXPERT)
    ),
}
"""Whose turn it is, in the work queue. Of unsettled states only."""
