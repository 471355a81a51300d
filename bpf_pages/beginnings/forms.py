"""The forms of the steps, filled in with what the proposal says."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bpf_pages.beginnings import outlines
from bpf_pages.models.fields import ADDRESS_PART, LANGUAGES
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.outcome import OutcomePage
from bpf_pages.models.theme import ThemePage
from core.form_fields import LineField
from editions.document.identifiers import CODE, LONGEST_CODE, code_from
from workflow.forums.models import Forum

OUTLINE, EMPTY = "outline", "empty"


class PageForm(forms.Form):
    """Title, scope and year come from the proposal and are shown, not asked for again."""

    title = LineField(label=_("Title"), max_length=200)
    code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST_CODE,
        help_text=_("Capitals and digits, as in the identifier: SPAM in BPF-2014-SPAM-E1."),
    )
    slug = forms.CharField(label=_("Last part of its address"), max_length=60, validators=[ADDRESS_PART])
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=ThemePage.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, forum: Forum, *args: Any, **options: Any) -> None:
        self.forum = forum
        self.before = predecessor(forum)
        slug = slugify(forum.title)[:60].strip("-")
        proposed = {
            "title": forum.title,
            "slug": self.before.slug if self.before else slug,
            "code": self.before.code if self.before else _short_code(slug),
            "themes": [page.pk for page in self.before.themes.all()] if self.before else [],
        }
        super().__init__(*args, **({"initial": proposed} | options))
        themes = ThemePage.objects.live().order_by("title")
        if themes:
            self.fields["themes"].queryset = themes  # type: ignore[attr-defined]
        else:
            del self.fields["themes"]  # a label with nothing to choose below it

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip().upper()
        if not CODE.fullmatch(code):
            raise ValidationError(_("Use 2 to 24 capitals A to Z and digits."))
        if self._others().filter(code=code).exists():
            raise ValidationError(_("Another forum of this year has this code."))
        return code

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if self._others().filter(slug=slug).exists():
            raise ValidationError(_("Another forum of this year has this address."))
        return slug

    def _others(self) -> Any:
        return ForumPage.objects.filter(url_path__contains=f"/{self.forum.year}/")


def predecessor(forum: Forum) -> ForumPage | None:
    """The page of the forum that suggested this one."""
    page = forum.continues.page if forum.continues else None
    found = page.specific if page else None
    return found if isinstance(found, ForumPage) else None


def _short_code(slug: str) -> str:
    """The first long word of a title, or all of it where none is long."""
    words = [word for word in slug.split("-") if len(word) > 3]
    return code_from(words[0] if words else slug)


class DocumentForm(forms.Form):
    title = LineField(label=_("Title"), max_length=255)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="en")
    begins_with = forms.ChoiceField(
        label=_("Begins with"),
        widget=forms.RadioSelect,
        help_text=_("Headings are copied, not the words below them. All of it can be changed or taken out."),
    )

    def __init__(self, page: ForumPage, *args: Any, **options: Any) -> None:
        self.forum = page
        self.earlier = {edition.identifier: edition for edition in outlines.earlier_outputs(page)}
        copied = [(key, _("The headings of %s") % outlines.called(edition)) for key, edition in self.earlier.items()]
        choices = [*copied, (OUTLINE, _("The usual chapters of an outcome")), (EMPTY, _("An empty page"))]
        is_first = not OutcomePage.objects.child_of(page).exists()
        proposed = {"title": page.title if is_first else "", "language": "en", "begins_with": choices[0][0]}
        super().__init__(*args, **({"initial": proposed} | options))
        self.fields["begins_with"].choices = choices  # type: ignore[attr-defined]

    def body(self) -> list[dict[str, Any]]:
        """What the text begins with, as StreamField stores it."""
        chosen = self.cleaned_data["begins_with"]
        if chosen in self.earlier:
            return outlines.headings_of(self.earlier[chosen])
        return outlines.usual_chapters(self.cleaned_data["language"]) if chosen == OUTLINE else []
