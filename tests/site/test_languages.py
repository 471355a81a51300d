"""Every public page in every language of the interface: whatever a page says, its catalogue holds.

A page is asked for as a reader asks, and the catalogue is listened to: a text of the library that is looked up and not
found would be shown in English.
"""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override
from django.utils.translation.trans_real import DjangoTranslation

from search.indexing import services as indexing
from tests.journeys.browsing import body_of
from tests.search.conftest import index, index_folder
from tests.site.public_pages import build
from tests.site.test_locale import LANGUAGES, SAME_IN_EVERY_LANGUAGE
from tests.workflow.access.test_who_sees_what import addresses

__all__ = ["index", "index_folder"]  # fixtures

pytestmark = pytest.mark.django_db

NOT_PAGES = {
    "bpf_pages:edition_json", "bpf_pages:edition_docx", "bpf_pages:edition_md", "bpf_pages:edition_txt",
    "bpf_pages:redline_docx", "bpf_pages:edition_epub", "bpf_pages:edition_akn.xml",
    "bpf_pages:image", "bpf_pages:robots", "bpf_pages:sitemap",
    "document_file", "health", "health_live", "health_ready", "health_deep", "metrics", "security_txt",
    "api:v1_unknown", "api:oai", "api:document_citation", "api:edition_citation", "api:edition_linkset",
    "api:theme_feed", "api:calendar",
    "consultation:download", "consultation:adoptions_json", "consultation:adoptions_csv",
    "pdf:brief", "pdf:redline", "pdf:newest", "pdf:printing", "pdf:sealed", "pdf:yearbook", "pdf:theme",
    "workflow:attachment_version", "search:opened",
    "workflow:record_json", "workflow:record_csv",
}  # fmt: skip
"""Answers for machines, files, and what is printed in the language of its document."""

ONLY_POSTED = {
    "consultation:attach", "consultation:detach", "consultation:drop_comment", "consultation:withdraw",
    "consultation:verdict", "consultation:revoke_adoption",
}  # fmt: skip
"""They answer with an address that is in the list."""

FORMS = {
    "workflow:new_proposal", "workflow:nominate", "consultation:new_comment", "consultation:comment_in_word",
    "consultation:draft", "search:alert", "bpf_pages:verify",
    "consultation:edit_comment", "consultation:challenge", "consultation:declare_adoption", "consultation:follow",
}  # fmt: skip


class Listener:
    """missed: texts that were looked up and are in no catalogue, by language. heard: how often one was found."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.missed: set[tuple[str, str]] = set()
        self.heard = 0
        self.names = names_of_languages()
        gettext, ngettext = DjangoTranslation.gettext, DjangoTranslation.ngettext

        def one(translation: Any, text: str) -> str:
            self.note(translation, text, text in translation._catalog)
            return gettext(translation, text)

        def many(translation: Any, text: str, plural: str, number: int) -> str:
            self.note(translation, text, any((text, form) in translation._catalog for form in range(6)))
            return ngettext(translation, text, plural, number)

        monkeypatch.setattr(DjangoTranslation, "gettext", one)
        monkeypatch.setattr(DjangoTranslation, "ngettext", many)

    def note(self, translation: Any, text: str, found: bool) -> None:
        if translation.language() != "en" and text not in SAME_IN_EVERY_LANGUAGE:
            self.heard += found
            if not found and text not in self.names:
                self.missed.add((translation.language(), text))


def names_of_languages() -> set[str]:
    """In every language: Django's list for the foot of the page looks a name up that is translated already."""
    names = set()
    for language in LANGUAGES:
        with override(language.replace("_", "-").lower()):
            names |= {str(name) for _code, name in settings.LANGUAGES}
    return names


@pytest.fixture
def places(people: Any, index: Any) -> dict[str, list[str]]:
    found = build(people)
    indexing.drain()
    return found


def test_every_public_page__in_every_language__says_nothing_that_is_not_translated(places, monkeypatch) -> None:
    public = {name for name, route in addresses() if not route.startswith(("admin/", "api/v1/"))}
    assert public - NOT_PAGES - ONLY_POSTED == set(places) - {"pages"}, "write down where the new page is found"
    listener = Listener(monkeypatch)
    for language in LANGUAGES:
        client = Client(headers={"accept-language": language.replace("_", "-").lower()})
        for name, found in places.items():
            for address in found:
                if name != "search:alert":
                    answer = client.get(address)
                    assert body_of(answer), address
                if name in FORMS:
                    assert client.post(address).status_code in {200, 422}, address
    assert listener.heard > 5000
    assert not listener.missed, "\n".join(f"{language}: {text}" for language, text in sorted(listener.missed))
