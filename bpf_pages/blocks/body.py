"""The body of an outcome document: plain and typed blocks in any order, and annexes that hold the same."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from bpf_pages.blocks import plain, typed
from editions.document.model import SectionKind


class Parts(blocks.StreamBlock):
    """Everything but an annex."""

    text = plain.TextBlock()
    table = plain.TableBlock(group=_("Plain"))
    figure = plain.FigureBlock(group=_("Plain"))
    quote = plain.QuoteBlock(group=_("Plain"))
    summary = typed.SummaryBlock(group=_("Parts of an outcome"))
    finding = typed.FindingBlock(group=_("Parts of an outcome"))
    definition = typed.DefinitionBlock(group=_("Parts of an outcome"))
    practice = typed.PracticeBlock(group=_("Parts of an outcome"))
    case_study = typed.CaseStudyBlock(group=_("Parts of an outcome"))
    recommendation = typed.RecommendationBlock(group=_("Parts of an outcome"))
    policy_measure = typed.PolicyMeasureBlock(group=_("Parts of an outcome"))
    challenge = typed.ChallengeBlock(group=_("What stays open"))
    open_question = typed.OpenQuestionBlock(group=_("What stays open"))
    future_work = typed.FutureWorkBlock(group=_("What stays open"))
    alternative = typed.AlternativeBlock(group=_("What stays open"))
    dissent = typed.DissentBlock(group=_("What stays open"))
    contributors = typed.ContributorsBlock(group=_("Front and back"))
    references = typed.ReferencesBlock(group=_("Front and back"))
    draft_notice = typed.DraftNoticeBlock(group=_("Front and back"))
    disclaimer = typed.DisclaimerBlock(group=_("Front and back"))


class AnnexBlock(blocks.StructBlock):
    section_kind = SectionKind.ANNEX

    title = typed.title_line(_("Such as “Annex A: survey questions”."), required=True)
    body = Parts(required=False, max_num=500, label=_("Body"))

    class Meta:
        icon = "folder-open-inverse"
        label = _("Annex")
        help_text = _("Stands after the body. It may be longer than the body.")


class DocumentBody(Parts):
    annex = AnnexBlock(group=_("Front and back"))

    class Meta:
        max_num = 2000
