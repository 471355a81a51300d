"""Typed blocks: the parts that outcome documents of the forums have, one class a part.

`section_kind` says which part of the neutral document a block becomes; fields named in `details` become its named
facts. `bpf_pages.conversion.blocks_to_document` needs no more than that.
"""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from bpf_pages.blocks.plain import FigureBlock, QuoteBlock, TableBlock, TextBlock, line_of_text
from consultation.vocabulary import STATED_GROUPS
from editions.document.model import SectionKind


class PlainBody(blocks.StreamBlock):
    """What stands inside a typed block."""

    text = TextBlock()
    table = TableBlock()
    figure = FigureBlock()
    quote = QuoteBlock()

    class Meta:
        required = False
        max_num = 100
        label = _("Body")


def title_line(help_text: object = "", *, label: object = None, required: bool = False) -> blocks.CharBlock:
    return blocks.CharBlock(required=required, max_length=300, help_text=help_text, label=label or _("Title"))


class TypedBlock(blocks.StructBlock):
    section_kind: ClassVar[SectionKind]
    details: ClassVar[tuple[str, ...]] = ()

    title = title_line(_("May stay empty: the kind of the block is shown in any case."))
    body = PlainBody()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.child_blocks.move_to_end("body")  # after the named facts, in the form as on the page


class SummaryBlock(TypedBlock):
    section_kind = SectionKind.SUMMARY

    class Meta:
        icon = "list-ul"
        label = _("Executive summary")
        help_text = _("Plain English, for a newcomer: what was asked, what was found, what should happen next.")


class FindingBlock(TypedBlock):
    section_kind = SectionKind.FINDING

    class Meta:
        icon = "success"
        label = _("Major finding")
        help_text = _("One thing the forum found. One block a finding, so that each can be cited.")


class DefinitionBlock(TypedBlock):
    section_kind = SectionKind.DEFINITION

    title = title_line(label=_("Term"), required=True)

    class Meta:
        icon = "doc-full"
        label = _("Definition")
        help_text = _("What a word means in this document.")


class PracticeBlock(TypedBlock):
    section_kind = SectionKind.PRACTICE
    details = ("what", "where", "who", "result")

    what = line_of_text(label=_("What"), help_text=_("What was done."))
    where = line_of_text(label=_("Where"), help_text=_("Country, region, network or community."))
    who = line_of_text(
        label=_("Who"), help_text=_("Who did it: organisations, not persons, unless they agreed to be named.")
    )
    result = line_of_text(label=_("Result"), help_text=_("What came of it, good or bad, and how that is known."))

    class Meta:
        icon = "pick"
        label = _("Practice")
        help_text = _(
            "A practice worth knowing. “Best” is for the reader to judge: say what, where, who and the result."
        )


class CaseStudyBlock(TypedBlock):
    section_kind = SectionKind.CASE_STUDY
    details = ("place", "actor")

    place = line_of_text(label=_("Place"), help_text=_("Where it happened."))
    actor = line_of_text(label=_("Actor"), help_text=_("Who acted."))

    class Meta:
        icon = "site"
        label = _("Case study")
        help_text = _("One case told in full, with its place and actor.")


class RecommendationBlock(TypedBlock):
    section_kind = SectionKind.RECOMMENDATION
    details = ("addressee",)

    addressee = line_of_text(label=_("Addressed to"), help_text=_("Who is asked to act."))

    class Meta:
        icon = "arrow-right"
        label = _("Recommendation or next step")
        help_text = _("One step a block; they are numbered in order. Forums advise, they do not set policy.")


class PolicyMeasureBlock(TypedBlock):
    section_kind = SectionKind.POLICY_MEASURE
    details = ("jurisdiction",)

    jurisdiction = line_of_text(
        label=_("Jurisdiction"), help_text=_("Country, region or organisation where the measure holds.")
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Policy measure")
        help_text = _("An existing law, policy or private initiative.")


class OptionBlock(blocks.StructBlock):
    title = title_line(_("Such as “Option A”."))
    body = TextBlock(required=False)


class AlternativeBlock(blocks.StructBlock):
    section_kind = SectionKind.ALTERNATIVE

    title = title_line(_("The question on which the text is still open."))
    body = PlainBody()
    options = blocks.ListBlock(OptionBlock(), min_num=0, max_num=12, label=_("Options"))

    class Meta:
        icon = "order"
        label = _("Bracketed alternative")
        help_text = _(
            "Wordings between which the forum has not chosen. Before the document is adopted, choose one and put it "
            "into the text, or keep the other as a dissent."
        )


class DissentBlock(TypedBlock):
    section_kind = SectionKind.DISSENT
    details = ("held_by",)

    held_by = line_of_text(label=_("Held by"), help_text=_("Who holds it, as they wish to be named."))

    class Meta:
        icon = "warning"
        label = _("Dissent")
        help_text = _("A view that stays different after the discussion. Shown as prominently as the consensus.")


class ChallengeBlock(TypedBlock):
    section_kind = SectionKind.CHALLENGE

    class Meta:
        icon = "cross"
        label = _("Challenge")
        help_text = _("A difficulty the forum defined. An outcome document is expected to name its challenges.")


class OpenQuestionBlock(TypedBlock):
    section_kind = SectionKind.OPEN_QUESTION

    class Meta:
        icon = "help"
        label = _("Open question")
        help_text = _("What the forum could not answer.")


class FutureWorkBlock(TypedBlock):
    section_kind = SectionKind.FUTURE_WORK

    class Meta:
        icon = "calendar"
        label = _("Possible future work")
        help_text = _("What another year or another body could take up.")


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        max_length=200, label=_("Name"), help_text=_("As the person wishes to be named, or a number of people.")
    )
    role = blocks.CharBlock(required=False, max_length=200, label=_("Role"))
    organisation = blocks.CharBlock(required=False, max_length=300, label=_("Organisation"))
    stakeholder_group = blocks.ChoiceBlock(
        choices=[(group.value, group.label) for group in STATED_GROUPS],
        required=False,
        label=_("Stakeholder group"),
        help_text=_("Leave empty where it was not stated."),
    )


class ContributorsBlock(blocks.StructBlock):
    section_kind = SectionKind.CONTRIBUTORS

    title = title_line(_("Such as “Lead experts” or “Contributors”."))
    body = PlainBody()
    people = blocks.ListBlock(PersonBlock(), max_num=1000, label=_("People"))

    class Meta:
        icon = "group"
        label = _("Contributors")
        help_text = _("Who contributed, with consent. Public roles only, no addresses.")


class ReferencesBlock(blocks.StructBlock):
    section_kind = SectionKind.REFERENCES

    title = title_line()
    entries = blocks.ListBlock(line_of_text(label=_("Reference")), max_num=1000, label=_("References"))

    class Meta:
        icon = "link"
        label = _("References")
        help_text = _("Author, title, year, address. One entry a source.")


class DraftNoticeBlock(TypedBlock):
    section_kind = SectionKind.DRAFT_NOTICE

    class Meta:
        icon = "info-circle"
        label = _("Notice on drafts")
        help_text = _("How to give feedback. Left out of the final edition by itself.")


class DisclaimerBlock(TypedBlock):
    section_kind = SectionKind.DISCLAIMER

    class Meta:
        icon = "info-circle"
        label = _("Disclaimer")
        help_text = _("In the forum's own words. Do not copy a disclaimer of the United Nations.")
