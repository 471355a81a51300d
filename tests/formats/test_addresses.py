"""Addresses of links: mended where it is plain what was meant, left out where they lead nowhere for a reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.addresses import mended
from formats.draft import Doubt


@pytest.mark.parametrize("target", [
    "https://example.org/", "http://example.org/a?b=c&d=(e)#f", "mailto:a@example.org",
    "https://пример.рф/путь", "HTTPS://EXAMPLE.ORG/Admin-guide", "https://example.org:8443/a", "https://example.org/administration/",
])  # fmt: skip
def test_what_is_whole_stays(target):
    assert (mended(target).href, mended(target).doubt) == (target, None)


@pytest.mark.parametrize(("target", "href"), [
    ("www.example.org", "https://www.example.org"),
    ("WWW.example.org/a b", "https://WWW.example.org/a%20b"),
    ("//example.org/x", "https://example.org/x"),
    ("example.org/report", "https://example.org/report"),
    ("http:/example.org", "http://example.org"),
    ("http:\\\\example.org\\a", "http://example.org%5Ca"),
    ("http:example.org", "http://example.org"),
    ("https://reader:secret@example.org/a", "https://example.org/a"),
    ("mailto:%20reader@example.org", "mailto:reader@example.org"),
    ("doi:10.1000/182", "https://doi.org/10.1000/182"),
    ("reader@example.org", "mailto:reader@example.org"),
    ("mailto: reader@example.org?subject=Two words", "mailto:reader@example.org?subject=Two%20words"),
    ("https://example.org/a\u202e\u200bb", "https://example.org/ab"),
    ("https://example.org/a\nb c", "https://example.org/ab%20c"),
    ("https://www.google.com/url?q=https://example.org/r&sa=D", "https://example.org/r"),
    ("https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fr&data=1", "https://example.org/r"),
])  # fmt: skip
def test_what_is_plainly_meant_is_mended_and_told(target, href):
    assert (mended(target).href, mended(target).doubt) == (href, Doubt.LINK_MENDED)


@pytest.mark.parametrize("target", [
    "file:///etc/passwd", "ftp://example.org/x", "tel:+41", "https://example.org/fr/cms-admin/7/", "https://wiki.test/", "report.docx", "..\\a.pdf", "C:\\a", "\\\\server\\a", "javascript:alert(1)", "data:text/html,x",
    "http://localhost:8000/x", "http://127.0.0.1/", "http://[::1]/", "http://10.1.2.3/", "http://server/x", "http://wiki.corp/x",
    "https://example.org/admin", "https://example.org/wp-admin/post.php", "about:blank", "http://", "https://example.org:port/",
    "http://[bad", "mailto:", "mailto:nobody", "https://example.org/" + "a" * 2000, "/cms/pages/7/", "page.html#x", "ms-word:ofe|u|x",
])  # fmt: skip
def test_what_leads_nowhere_for_a_reader_is_left_out_and_told(target):
    assert (mended(target).href, mended(target).doubt) == ("", Doubt.LINK_LEFT_OUT)


@pytest.mark.parametrize("target", ["", "  ", "#_Toc12", "\u200b"])
def test_places_of_the_same_document_are_dropped(target):
    assert (mended(target).href, mended(target).doubt) == ("", None)


@pytest.mark.parametrize(("target", "href", "doubt"), [
    ("page.html", "https://example.org/a/page.html", None), ("../b?c#d", "https://example.org/b?c#d", None),
    ("/x y", "https://example.org/x%20y", Doubt.LINK_MENDED), ("https://example.org/a/#d", "", None),
    ("www.example.net", "https://www.example.net", Doubt.LINK_MENDED), ("/admin/", "", Doubt.LINK_LEFT_OUT),
    ("//example.net/x", "https://example.net/x", None), ("javascript:x", "", Doubt.LINK_LEFT_OUT),
])  # fmt: skip
def test_an_address_of_a_page_is_resolved_against_where_it_stood(target, href, doubt):
    found = mended(target, "https://example.org/a/")
    assert (found.href, found.doubt) == (href, doubt)


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://example.org/", "mailto:", "www.", "//"]))
def test_any_text_gives_an_address_without_blanks_or_nothing(text, beginning):
    href = mended(beginning + text).href
    assert not set(href) & set(' \t\n"<>\\')
    assert href == "" or href.lower().startswith(("http://", "https://", "mailto:"))
