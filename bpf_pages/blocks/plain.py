"""Blocks without a kind of their own: running text, table, figure, quotation."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from bpf_pages.blocks.draftail_features import INLINE_FEATURES, TEXT_FEATURES
from bpf_pages.conversion.block_keys import keyed

TEXT_LIMIT = 1_000_000
"""Characters of one rich text as it comes in; the longest real outcome (162 pages) has about 400,000. It is stored in
parts (`bpf_pages.conversion.splitting_long_texts`)."""
LINE_LIMIT = 20_000


def line_of_text(*, required: bool = False, help_text: object = "", label: object = None) -> blocks.RichTextBlock:
    """A rich text for a line or two, without headings and lists."""
    return blocks.RichTextBlock(
        required=required, features=INLINE_FEATURES, max_length=LINE_LIMIT, help_text=help_text, label=label
    )


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **options: object) -> None:
        super().__init__(**({"features": TEXT_FEATURES, "max_length": TEXT_LIMIT} | options))

    def get_prep_value(self, value: Any) -> str:
        """As it is stored: with a key on every paragraph, also in text that came from a program and not the editor."""
        return keyed(super().get_prep_value(value))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        help_text = _("Headings, paragraphs and lists.")


class TableBlock(blocks.StructBlock):
    caption = line_of_text(
        label=_("Caption"), help_text=_("Says what the table shows. Readers of the table hear it first.")
    )
    table = TypedTableBlock(
        [("text", blocks.RichTextBlock(features=INLINE_FEATURES, max_length=LINE_LIMIT, label=_("Text")))],
        label=_("Table"),
        help_text=_("Give every column a heading. Each row gets a number that readers cite."),
    )
    row_heads = blocks.BooleanBlock(
        required=False, label=_("First column names the rows"), help_text=_("Then it is read out before each cell.")
    )

    class Meta:
        icon = "table"
        label = _("Table")
        help_text = _("For facts in rows and columns, not for layout.")


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"), help_text=_("PNG, JPEG or WebP."))
    alt = blocks.CharBlock(
        max_length=1000,
        required=False,
        label=_("Description"),
        help_text=_(
            "What the image tells, in words, for people who cannot see it. The document cannot be made public without."
        ),
    )
    caption = line_of_text(label=_("Caption"), help_text=_("Printed under the image, with its source."))

    class Meta:
        icon = "image"
        label = _("Figure")
        help_text = _("An image or chart with a description and a caption.")


class QuoteBlock(blocks.StructBlock):
    text = line_of_text(required=True, label=_("Quotation"))
    attribution = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("Attribution"),
        help_text=_("Who said or wrote it, and where. Never from unedited captions."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        help_text = _("Somebody's own words, with their source.")
