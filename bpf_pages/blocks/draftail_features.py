"""What the rich text editor offers: its buttons, the paste, and the two kinds of span for footnotes and languages.

Both spans are inline styles, which Draftail keeps without any script of ours (docs/adr/0010).
"""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.rich_text.feature_registry import FeatureRegistry

from bpf_pages.conversion.rich_text import NOTE_ATTRIBUTE
from core.languages.direction import direction_of

RUN_LANGUAGES = {  # code: (letters on the button, name in the language itself)
    "ar": ("AR", "العربية"),
    "zh": ("ZH", "中文"),
    "en": ("EN", "English"),
    "fr": ("FR", "français"),
    "ru": ("RU", "русский"),
    "es": ("ES", "español"),
    "pt": ("PT", "português"),
}

EMPHASIS = ["bold", "italic", "superscript", "subscript", "strikethrough", "code"]
LANGUAGE_FEATURES = [f"language-{code}" for code in RUN_LANGUAGES]
WORDS_FEATURES = [*EMPHASIS, "link", "footnote", *LANGUAGE_FEATURES]
INLINE_FEATURES = ["cleaned-paste-line", *WORDS_FEATURES]
TEXT_FEATURES = ["cleaned-paste", "h2", "h3", "h4", "h5", "h6", "ol", "ul", *WORDS_FEATURES]
"""The paste first: the editor asks its features in this order, and that for links fails at some clipboards."""


def register_features(features: FeatureRegistry) -> None:
    """Add the footnote button and one button a language to Draftail, once a process, for readers of any language."""
    # Here, for models import this module: Wagtail 8 loads these two only once all models are there.
    from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
    from wagtail.admin.rich_text.editors.draftail import features as draftail

    class CleanedPaste(draftail.EntityFeature):  # type: ignore[misc]
        """No button: what is pasted goes to the server first (bpf_pages.importing.paste)."""

        def construct_options(self, options: dict[str, Any]) -> None:
            address = reverse("bpf_pages_admin:paste")
            options.setdefault(self.option_name, []).append(self.data | {"address": address})

    for name, inline in (("cleaned-paste", False), ("cleaned-paste-line", True)):
        data = {"type": "CLEANED-PASTE", "inline": inline}
        plugin = CleanedPaste(data, js=["wagtailadmin/js/draftail.js", "js/admin/cleaned-paste.js"])
        features.register_editor_plugin("draftail", name, plugin)
    for name, kind, control, selector, attributes in _styles():
        features.register_editor_plugin("draftail", name, draftail.InlineStyleFeature({"type": kind, **control}))
        features.register_converter_rule(
            "contentstate",
            name,
            {
                "from_database_format": {selector: InlineStyleElementHandler(kind)},
                "to_database_format": {"style_map": {kind: {"element": "span", "props": attributes}}},
            },
        )


def _in_another_language(name: str) -> str:
    return _("The selected words are in another language: %s") % name


def _styles() -> Iterator[tuple[str, str, dict[str, Any], str, dict[str, str]]]:
    """(feature, Draftail type, its button and look, selector and attributes of the span it is stored as)."""
    note = {
        "label": "fn",
        "description": gettext_lazy("Footnote: write the note where its mark belongs, select it, press this button"),
        "style": {"backgroundColor": "#fdf3dc", "fontSize": "0.85em", "borderBottom": "1px dotted #8a5b10"},
    }
    yield "footnote", "FOOTNOTE", note, f"span[{NOTE_ATTRIBUTE}]", {NOTE_ATTRIBUTE: ""}
    for code, (letters, name) in RUN_LANGUAGES.items():
        control = {
            "label": letters,
            "description": lazy(_in_another_language, str)(name),
            "style": {"backgroundColor": "#dceefa"},
        }
        attributes = {"lang": code, "dir": direction_of(code)}
        yield f"language-{code}", f"LANGUAGE-{code.upper()}", control, f'span[lang="{code}"]', attributes
