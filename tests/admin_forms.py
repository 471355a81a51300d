"""What a browser posts from Wagtail's editor of an outcome document."""

from typing import Any

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield


def _none() -> dict[str, int]:
    return {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}


def text_blocks(*html: str) -> list[tuple[str, Any]]:
    """Blocks of running text, as pasted into the editor."""
    return [("text", rich_text(part)) for part in html]


def outcome_form(title: str, slug: str, blocks: list[tuple[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    """Field names and values of the create and edit form. more: further fields, such as action-publish."""
    fields = {
        "title": title,
        "slug": slug,
        "language": "en",
        "kind": "outcome",
        "body": streamfield(blocks or []),
        "people": _none(),
        "comments": _none(),
    }
    return dict(nested_form_data(fields | more))
