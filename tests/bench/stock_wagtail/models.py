from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class TextPage(Page):
    """Text in blocks, as Wagtail's own documentation shows it."""

    body = StreamField([("text", blocks.RichTextBlock())])
    template = "stock_wagtail/text_page.html"

    class Meta:
        app_label = "stock_wagtail"
