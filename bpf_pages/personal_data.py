"""People named in pages (core.personal_data)."""

from django.utils.translation import gettext_lazy as _

from core.personal_data import Holding, register
from workflow.personal_data import NAMED, NAMED_UNTIL, WHY_NAMED


def _published(model: str, *, names: tuple[str, ...], impersonal: tuple[str, ...] = ()) -> Holding:
    return Holding(
        model=model, what=NAMED, why=WHY_NAMED, until=NAMED_UNTIL, names=names, impersonal=impersonal
    )  # fmt: skip


register(
    _published("bpf_pages.ForumPerson", names=("name", "role", "organisation"), impersonal=("source",)),
    _published("bpf_pages.OutcomePerson", names=("name", "role", "organisation"), impersonal=("source",)),
    _published(
        "bpf_pages.OutcomePage",
        names=("authors",),
        impersonal=(
            "language",
            "subtitle",
            "summary",
            "kind",
            "former_titles",
            "sources",
            "licence",
            "record",
            "original_date",
            "original_address",
            "original_kind",
            "original_remark",
            "translates",
        ),
    ),
    Holding(
        model="bpf_pages.ForumPage",
        impersonal=(
            "code",
            "title_as_set",
            "former_titles",
            "scope",
            "facts",
            "session",
            "doubts",
            "sources",
            "mailing_list",
            "address",
            "record",
        ),
    ),
    Holding(model="bpf_pages.Wording", impersonal=("language", "title", "text", "body")),
    Holding(model="bpf_pages.OutsideLink", impersonal=("address", "outcome", "detail", "places", "archive_address")),
    Holding(
        model="bpf_pages.MeetingPage",
        impersonal=("city", "country", "format", "overarching_theme", "doubts", "source"),
    ),
    Holding(
        model="bpf_pages.ImportedFile",
        what=_("Files that editors bring in, as they came, with names and remarks of reviewers in them"),
        why=_("So that it can be shown that no word of a document was lost."),
        until=_("As long as the document"),
        words=("file", "name", "reading"),
        impersonal=("title", "slug", "language", "sha256", "state", "why", "choices"),
    ),
    Holding(
        model="bpf_pages.Catalogue",
        what=_("Sheets of outputs that the Secretariat brings in, with the people whom they name"),
        why=_("So that it can be shown where an output of a past year came from."),
        until=_("As long as the library"),
        words=("sheet", "name"),
        impersonal=("sha256", "state", "why", "unused"),
    ),
    Holding(
        model="bpf_pages.CatalogueFile",
        what=_("Files that editors bring in, as they came, with names and remarks of reviewers in them"),
        why=_("So that it can be shown that no word of a document was lost."),
        until=_("As long as the library"),
        words=("file", "name"),
        impersonal=("sha256", "asked", "address", "detail"),
    ),
    Holding(
        model="bpf_pages.CatalogueRow",
        what=_("Sheets of outputs that the Secretariat brings in, with the people whom they name"),
        why=_("So that it can be shown where an output of a past year came from."),
        until=_("As long as the library"),
        words=("cells", "plan", "problems"),
        impersonal=("state",),
    ),
    *(
        Holding(model=f"bpf_pages.{name}", impersonal=(field,))
        for name, field in {
            "HomePage": "introduction",
            "LibraryPage": "introduction",
            "ThemeIndexPage": "introduction",
            "ThemePage": "description",
        }.items()
    ),
)
