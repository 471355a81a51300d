"""The tree that editors see: home, library, years, forums, outcome documents; themes; standard pages."""

from bpf_pages.archives.models import YearArchive
from bpf_pages.link_rows.models import OutsideLink
from bpf_pages.models.catalogue import Catalogue, CatalogueFile, CatalogueRow
from bpf_pages.models.forum import ForumPage, ForumPerson
from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.library import HomePage, LibraryPage, MeetingPage
from bpf_pages.models.outcome import OutcomePage, OutcomePerson
from bpf_pages.models.standard import StandardPage
from bpf_pages.models.theme import ThemeIndexPage, ThemePage
from bpf_pages.wordings.models import Wording

__all__ = [
    "Catalogue",
    "CatalogueFile",
    "CatalogueRow",
    "ForumPage",
    "ForumPerson",
    "HomePage",
    "ImportedFile",
    "LibraryPage",
    "MeetingPage",
    "OutcomePage",
    "OutcomePerson",
    "OutsideLink",
    "StandardPage",
    "ThemeIndexPage",
    "ThemePage",
    "Wording",
    "YearArchive",
]
