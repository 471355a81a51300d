"""The language stands in the address: who gets which, what caches may keep, and links that stay in it."""

import json
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from bpf_pages.models import HomePage, StandardPage, ThemeIndexPage, ThemePage, Wording
from bpf_pages.sample import about_pages
from bpf_pages.sample.catalogue import read_catalogue
from bpf_pages.sample.loading import Loading
from bpf_pages.tree.fixed_pages import ensure_tree
from bpf_pages.tree.menus import theme_names
from core.languages.addresses import PREFIXES, alternates, has_language, in_language, split, with_links_in
from tests.factories import _root
from tests.workflow.moves import brought_to

PATHS = st.from_regex(r"/[a-z0-9./?#=-]{0,40}", fullmatch=True)


@pytest.fixture
def library(db):
    _root()
    ensure_tree()


def test_prefixes__are_those_of_the_languages_of_the_interface() -> None:
    assert {*PREFIXES, "en"} == {code for code, _name in settings.LANGUAGES}


@pytest.mark.parametrize("beginning", ["/zh-cn", "/zh-hans", "/zh-Hans"])
def test_chinese__by_the_name_that_other_sites_use__leads_to_ours(client, db, beginning) -> None:
    answer = client.get(f"{beginning}/library/2099/?page=2")
    assert (answer.status_code, answer["Location"]) == (301, "/zh/library/2099/?page=2")


@given(PATHS, st.sampled_from([*PREFIXES, "en"]), st.sampled_from([*PREFIXES, "en"]))
def test_address__in_another_language__is_the_same_page(address, one, other) -> None:
    there = in_language(address, one)
    assert in_language(there, other) == in_language(address, other)
    assert split(there.partition("?")[0].partition("#")[0])[1] == split(address.partition("?")[0].partition("#")[0])[1]


@pytest.mark.parametrize(
    "address",
    [
        "/static/css/tokens.css", "/media/x.png", "/admin/pages/", "/api/v1/search?q=x", "/oai?verb=Identify",
        "/id/BPF-2099-X", "/feeds/outcomes.atom", "/open-calls.ics", "/library/2099/x/y/editions/1/document.pdf",
        "/robots.txt", "/sitemap.xml", "/health", "/.well-known/security.txt", "//evil.example/", "https://x.example/",
        "/library/2099/x/y/comments/1/files/2/",
        "#p3", "?page=2", "",
    ],
)  # fmt: skip
def test_address__of_what_is_no_page__has_no_language(address) -> None:
    assert in_language(address, "ar") == address


def test_links__of_a_page_in_a_language__stay_in_it_and_others_are_left_alone() -> None:
    html = (
        '<a class="x" href="{0}/library/?a=1&amp;b=2#c">/library/</a><a href="/feeds/a.atom">'
        '<form method="post" action="{0}/search/"><button formaction="{0}/search/"><link href="/library/">'
        '<a href="//evil.example/"><p title="href=&quot;/x/&quot;">'
    )
    assert with_links_in(html.format(""), "zh-hans") == html.format("/zh")
    assert with_links_in(html.format("/fr"), "zh-hans") == html.format("/zh")


def test_page_with_a_prefix__speaks_its_language_to_everybody_whatever_they_chose(client, library) -> None:
    client.cookies["django_language"] = "ru"
    answer = client.get("/ar/library/", headers={"accept-language": "fr"})
    assert (answer.status_code, answer["Content-Language"]) == (200, "ar")
    assert "accept-language" not in answer.get("Vary", "").lower()
    assert not answer.cookies
    page = BeautifulSoup(answer.content, "html.parser")
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    ours = [link["href"] for link in page.find_all("a") if link["href"].startswith("/")]
    assert "/ar/library/" in ours
    assert [link for link in ours if has_language(link) and not link.startswith("/ar/")] == []
    assert page.find("link", rel="canonical")["href"].endswith("/ar/library/")


def test_page_without_a_prefix__answers_as_before_by_the_saved_choice_or_the_browser(client, library) -> None:
    assert client.get("/library/")["Content-Language"] == "en"
    assert client.get("/library/", headers={"accept-language": "zh-CN,zh;q=0.9"})["Content-Language"] == "zh-hans"
    client.cookies["django_language"] = "es"
    answer = client.get("/library/", headers={"accept-language": "fr"})
    assert answer["Content-Language"] == "es"
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in answer["Vary"].split(",")}
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.find("link", rel="canonical")["href"].endswith("/es/library/")


def test_page__names_itself_in_each_language_and_for_everybody_else(client, library) -> None:
    page = BeautifulSoup(client.get("/fr/themes/?page=1&utm=x").content, "html.parser")
    found = {link["hreflang"]: link["href"].partition("8000")[2] for link in page.find_all("link", hreflang=True)}
    assert found == {
        "en": "/themes/?page=1", "x-default": "/themes/?page=1", "ar": "/ar/themes/?page=1", "fr": "/fr/themes/?page=1",
        "es": "/es/themes/?page=1", "ru": "/ru/themes/?page=1", "zh-hans": "/zh/themes/?page=1",
    }  # fmt: skip
    sitemap = BeautifulSoup(client.get("/sitemap-pages.xml").content, "xml")
    themes = next(url for url in sitemap.find_all("url") if url.loc.text.endswith(":8000/themes/"))
    assert {(link["hreflang"], link["href"].partition("8000")[2]) for link in themes.find_all("link")} == set(
        alternates("/themes/")
    )


def test_choice_of_a_language__stays_on_the_page_with_its_query_and_is_saved(client, library) -> None:
    page = BeautifulSoup(client.get("/fr/search/?q=lamp&year=2099").content, "html.parser")
    form = page.find("form", action="/i18n/setlang/")
    sent = {"next": form.find("input")["value"], "language": form.find("button", string="简体中文")["value"]}
    answer = client.post(form["action"], sent)
    assert answer["Location"] == "/zh/search/?q=lamp&year=2099"
    assert client.get("/library/")["Content-Language"] == "zh-hans"
    assert client.post("/i18n/setlang/", sent | {"language": "en"})["Location"] == "/search/?q=lamp&year=2099"
    assert client.get("/library/", headers={"accept-language": "ar"})["Content-Language"] == "en"
    assert client.post("/i18n/setlang/", sent | {"next": "//evil.example/"})["Location"] == "/zh/"


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/ar", "/ar/"),
        ("/ar?x=1", "/ar/?x=1"),
        ("/ru/library", "/ru/library/"),
        ("/es/search?q=%C3%B1", "/es/search/?q=%C3%B1"),
    ],
)
def test_redirect__of_an_address_with_a_prefix__keeps_it(asked, led_to, client, library) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, led_to)


@pytest.mark.parametrize(
    "path", ["static/css/tokens.css", "admin/", "api/v1/", "oai", "health", "ar/library/", "/library/", "de/"]
)
def test_prefix__before_what_has_none__leads_nowhere(path, client, library) -> None:
    answer = client.get(f"/ar/{quote(path)}", follow=True)
    assert answer.status_code == 404
    assert all(there.startswith("/ar/") for there, _status in answer.redirect_chain)


def test_name_of_a_page__is_the_readers_where_it_was_written_and_else_says_that_it_is_english(client, library) -> None:
    themes = ThemeIndexPage.objects.get()
    told, _untold = (
        themes.add_child(instance=ThemePage(title=title, slug=title.lower())) for title in ("Lamps", "Storms")
    )
    Wording.objects.create(page=told, language="ru", title="Лампы")
    page = BeautifulSoup(client.get("/ru/themes/").content, "html.parser")
    names = {name["lang"]: name.text for name in page.select(".card-title bdi")}
    assert names == {"ru": "Лампы", "en": "Storms"}
    assert b"Lamps" in client.get("/themes/").content
    assert theme_names("ru") == {"lamps": "Лампы"}


def test_name_of_a_forum__is_the_readers_on_its_page_its_year_and_its_documents(client, people) -> None:
    forum, edition = people.forum, brought_to("final", people).current_edition
    forum.scope = "Lamps in storms."
    forum.save()
    Wording.objects.create(page=forum, language="ar", title="مصابيح", text="مصابيح في العواصف.")
    year = f"/ar/library/{edition.year}/"
    for address in (year, f"{year}{forum.slug}/", f"/ar{edition.address}"):
        assert '<bdi lang="ar" dir="rtl">مصابيح</bdi>' in client.get(address).content.decode(), address
    for address in (year, f"{year}{forum.slug}/"):
        page = client.get(address).content.decode()
        assert '<bdi lang="ar" dir="rtl">مصابيح في العواصف.</bdi>' in page, address
        assert "Lamps in storms." not in BeautifulSoup(page, "html.parser").body.text, address
    heads = [
        BeautifulSoup(client.get(f"/ar{address}").content, "html.parser").head
        for address in (forum.url, edition.address)
    ]
    assert heads[0].title.text.startswith(f"مصابيح ({edition.year})"), "what a tab, a bookmark and a search engine show"
    assert heads[0].find("meta", attrs={"name": "description"})["content"] == "مصابيح في العواصف."
    assert heads[1].find("meta", property="og:image:alt")["content"].startswith("مصابيح: ")
    for head in heads:
        assert head.find("link", title="مصابيح")["type"] == "application/atom+xml"


def test_page_about_the_library__is_read_in_the_readers_language_where_somebody_wrote_it(client, library) -> None:
    page = HomePage.objects.get().add_child(instance=StandardPage(title="Lamps", slug="lamps"))
    Wording.objects.create(page=page, language="ar", title="مصابيح", body="<h2>ما هي</h2><p>نص <script>x</script></p>")
    answer = client.get("/ar/lamps/").content.decode()
    assert '<div class="neutral unnumbered" lang="ar" dir="rtl">' in answer
    assert "ما هي" in answer
    assert "<script>x" not in answer
    assert 'class="neutral unnumbered" lang="en"' in client.get("/fr/lamps/").content.decode()


def test_page__whose_address_would_be_that_of_a_language__is_refused(library) -> None:
    page = StandardPage(title="Argentina", slug="ar")
    with pytest.raises(ValidationError, match="language"):
        page.clean()


def test_words_of_the_sample__are_in_all_languages_and_say_as_much_as_the_english(library) -> None:
    told = json.loads((settings.LIBRARY_DATA / "library-wordings.json").read_text("utf-8"))
    assert set(told) == set(PREFIXES)
    catalogue = read_catalogue(settings.LIBRARY_DATA)
    themes, forums = {family.slug for family in catalogue.families}, set(catalogue.by_id)
    for language, rows in told.items():
        assert set(rows) == {
            "bpf-library", "library", "themes", *themes, *forums, *(page.slug for page in about_pages.ALL)
        }  # fmt: skip
        assert all(
            rows[forum]["title"] and rows[forum]["text"].count(".") + rows[forum]["text"].count("。")
            for forum in forums
        )
        for page in about_pages.ALL:
            for tag in ("<h2>", "<p>", "<li>"):
                assert rows[page.slug]["body"].count(tag) == page.html.count(tag), (language, page.slug, tag)
    loading = Loading(settings.LIBRARY_DATA)
    loading.upper_tree()
    loading.wordings()
    loading.wordings()
    assert Wording.objects.count() == len(PREFIXES) * (3 + len(about_pages.ALL))
