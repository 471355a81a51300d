"""Forms of an attached file: new, new version, title and visibility."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from core.form_fields import LineField


class OriginalForm(forms.Form):
    """What is said of a file that is the original. A language that is not said is the document's."""

    is_original = forms.BooleanField(
        label=gettext_lazy("The document as published"),
        required=False,
        help_text=gettext_lazy(
            "The file in which the output was published elsewhere, of which the text here was made. Readers find it "
            "by this name at the head of the document, and the search leads to its pages where it is a PDF."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the file"),
        required=False,
        choices=[("", gettext_lazy("as the document")), *settings.LANGUAGES],
    )


class NewAttachmentForm(OriginalForm):
    title = LineField(label=gettext_lazy("Title"), max_length=200)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, DOCX, ODT, XLSX, CSV or TXT. An original may also be RTF, a web page, Markdown or a mail."
        ),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Public"),
        required=False,
        help_text=gettext_lazy("Readers are offered the file while an edition of the document is public."),
    )
    field_order = ["title", "file", "is_public"]


class VersionForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("New version"))
    note = LineField(label=gettext_lazy("What is new"), max_length=300, required=False)


class DescriptionForm(OriginalForm):
    title = LineField(label=gettext_lazy("Title"), max_length=200)
    is_public = forms.BooleanField(label=gettext_lazy("Public"), required=False)
    field_order = ["title", "is_public"]
