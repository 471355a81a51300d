"""The field of Wagtail's rich-text editor. What comes in holds no controls and no half signs.

The field sends JSON, in which a program can write what a form cannot: a NUL, or half of a sign of two code units.
PostgreSQL stores neither, and no answer could carry the second back.
"""

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

from core.plain_text import with_visible_controls


class RichTextEditor(DraftailRichTextArea):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        html = super().value_from_datadict(data, files, name)
        return None if html is None else with_visible_controls(html)
