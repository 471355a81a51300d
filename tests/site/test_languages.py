"""Every public page in every language of the interface: whatever a page says, its catalogue holds.

A page is asked for as a reader asks, and the catalogue is listened to: a text of the library that is looked up and not
found would be shown in English.
"""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override
from django.utils.translation.trans_real import DjangoTranslation

from core.languages.addresses import PREFIXES, alternates, has_language, in_language, split
from search.indexing import services as indexing
from tests.journeys.browsing import body_of
from tests.search.conftest import index, index_folder
from tests.site.foreign_text import said_by_people, undirected, unmarked
from tests.site.public_pages import build
from tests.site.test_locale import LANGUAGES
from tests.site.valid_html import invalid
from tests.workflow.access.test_who_sees_what import addresses

__all__ = ["index", "index_folder"]  # fixtures

pytestmark = pytest.mark.django_db

NOT_PAGES = {
    "bpf_pages:edition_json", "bpf_pages:edition_docx", "bpf_pages:edition_md", "bpf_pages:edition_txt",
    "bpf_pages:redline_docx", "bpf_pages:edition_epub", "bpf_pages:edition_akn.xml",
    "bpf_pages:image", "bpf_pages:robots", "bpf_pages:sitemap",
    "bpf_pages:sitemap_pages", "bpf_pages:sitemap_year", "bpf_pages:year_archive",
    "document_file", "health", "health_live", "health_ready", "health_deep", "metrics", "security_txt",
    "api:v1_unknown", "api:oai", "api:document_citation", "api:edition_citation", "api:edition_linkset",
    "api:theme_feed", "api:calendar", "api:search_file",
    "consultation:download", "consultation:adoptions_json", "consultation:adoptions_csv",
    "pdf:brief", "pdf:card", "pdf:redline", "pdf:newest", "pdf:printing", "pdf:sealed", "pdf:yearbook", "pdf:theme",
    "workflow:attachment_version", "search:opened", "search:open_search",
    "workflow:record_json", "workflow:record_csv",
}  # fmt: skip
"""Answers for machines, files, and what is printed in the language of its document."""

ONLY_POSTED = {
    "consultation:attach", "consultation:detach", "consultation:drop_comment", "consultation:withdraw",
    "consultation:verdict", "consultation:revoke_adoption", "set_language",
}  # fmt: skip
"""They answer with an address that is in the list."""

FORMS = {
    "workflow:new_proposal", "workflow:nominate", "consultation:new_comment", "consultation:comment_in_word",
    "consultation:draft", "search:alert", "bpf_pages:verify",
    "consultation:edit_comment", "consultation:challenge", "consultation:declare_adoption", "consultation:follow",
}  # fmt: skip


CHECKED_BY_VNU = {"ar", "fr"}
"""A language from each side: markup does not differ between the others."""


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
        if translation.language() != "en":
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


def test_every_public_page__in_every_language__is_translated_and_valid(places, monkeypatch, tmp_path) -> None:
    public = {name for name, route in addresses() if not route.startswith(("admin/", "api/v1/"))}
    assert public - NOT_PAGES - ONLY_POSTED == set(places) - {"pages"}, "write down where the new page is found"
    listener, faults = Listener(monkeypatch), Faults()
    for language in PREFIXES:
        client = Client(headers={"accept-language": language})
        for name, found in places.items():
            for address in found:
                there = in_language(address, language)
                if name != "search:alert":
                    faults.look(language, there, client.get(there))
                if name in FORMS:
                    answer = client.post(there)
                    assert answer.status_code in {200, 422}, address
                    faults.look(language, there, answer)
    assert listener.heard > 5000
    assert not listener.missed, "\n".join(f"{language}: {text}" for language, text in sorted(listener.missed))
    assert not faults.found, "\n".join(sorted(faults.found))
    assert len(faults.drawn) > 230
    assert not invalid(faults.drawn, tmp_path)


class Faults:
    """What a page in a language has in another without saying so, and where its links leave its language.

    drawn: (address, HTML) of the pages that the HTML checker reads too.
    """

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.drawn: list[tuple[str, str]] = []
        self.people_said = said_by_people()
        assert len(self.people_said) > 100

    def look(self, language: str, address: str, answer: Any) -> None:
        html = body_of(answer).decode()
        assert html, address
        if not answer["Content-Type"].startswith("text/html"):
            return
        if language in CHECKED_BY_VNU:
            self.drawn.append((address, html))
        self.found |= {f"{language} {address} has no lang: {text[:80]}" for text in unmarked(html, self.people_said)}
        self.found |= {f"{language} {address} has no dir: {text}" for text in undirected(html)}
        if not has_language(split(address.partition("?")[0])[1]):
            return
        assert f'lang="{language}"' in html.partition(">")[2].partition(">")[0], address
        leaving = {
            link for link in re.findall(r'<(?:a|form|button)[^<>]* (?:href|action|formaction)="(/[^"]*)"', html)
            if in_language(link, language) != link
        }  # fmt: skip
        self.found |= {f"{language} {address} leads to another language: {link}" for link in leaving}
        if answer.status_code == 200 and language == "fr":
            others = re.findall(r'rel="alternate" hreflang="([\w-]+)"', html)
            assert others == [hreflang for hreflang, _path in alternates("/")], address


def test_listening__hears_what_stands_in_another_language_unsaid() -> None:
    page = '<html lang="{}"><body>{}</body></html>'.format
    known = frozenset({"Lamps in storms"})
    for language, faulty in (
        ("ar", "<p>Lamps</p>"),
        ("ar", '<p lang="en">الفقرة</p>'),
        ("ru", "<p>Вид: Lamps in storms</p>"),
        ("en", "<p>Вид</p>"),
        ("fr", "<h2>Lamps in storms</h2>"),
        ("zh-hans", "<a>Лампы</a>"),
        ("ru", '<div lang=""><p lang="ru">Lamps</p></div>'),
    ):
        assert unmarked(page(language, faulty), known), faulty
    assert undirected(
        '<html dir="rtl"><body><p lang="en" dir="ltr"><b lang="ar">x</b></p><p lang="ar"></p></body></html>'
    ) == ["x"]
    for language, right in (
        ("ar", '<p lang="en">Lamps</p>'),
        ("ar", "<p>من <bdi>Ada</bdi> (IGF, BPF-2014-SPAM-E1)</p>"),
        ("ru", "<p>код ETag</p>"),
        ("fr", '<p lang="">Lamps in storms</p>'),
        ("fr", '<bdi lang="en">Lamps in storms</bdi>'),
        ("zh-hans", "<code>x</code>"),
    ):
        assert not unmarked(page(language, right), known), right
