"""Headers that say how bytes are to be read, in ways that Python cannot follow: no address fails over them."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from bpf_site.web.readable_request import ReadableRequest
from bpf_site.wsgi import application

pytestmark = pytest.mark.django_db

CHARSETS = ("idna", "hex", "undefined", "zlib", "rot13", "unicode_escape", "utf-7", "utf-16", "latin-1", "\N{SNOWMAN}")
EXTENDED = ("charset*=utf-8''a%00b", "x*=foo''a%00b", "x*=idna''%ff%fe", "charset*=utf-7''+2AA-")
FIELD = b'--b\r\nContent-Disposition: form-data; name="email"\r\n\r\n\\ud800+2AA-%ff\r\n--b--'


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """That of the test, which a server would close behind each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def environ(method: str, path: str, query: str, body: bytes, **headers: str) -> dict[str, Any]:
    given = RequestFactory()._base_environ(REQUEST_METHOD=method, PATH_INFO=path, QUERY_STRING=query, **headers)
    return given | {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}


def answered(method: str, path: str, query: str = "", body: bytes = b"", **headers: str) -> int:
    """The status, as a web server is told it."""
    said: list[str] = []
    answer = application(environ(method, path, query, body, **headers), lambda status, _headers: said.append(status))
    answer.close()
    return int(said[0][:3])


@pytest.mark.parametrize(
    "kind", [*(f"text/html; charset={name}" for name in CHARSETS), *map("text/x; {}".format, EXTENDED)]
)
def test_header_of_a_body_that_is_not_there__changes_nothing(kind: str) -> None:
    """One header made each address of the site a fault of ours, of some outside Django and all its headers."""
    for path, query in (("/search/", "q=%ff%5Cud800"), ("/api/v1/documents", "q=%ff"), ("/admin/login/", "next=%ff")):
        assert answered("GET", path, query, CONTENT_TYPE=kind) == answered("GET", path, query)


@pytest.mark.parametrize("kind", [*(f"charset={name}" for name in CHARSETS), *EXTENDED])
def test_body_in_another_charset__is_refused_by_each_form(kind: str) -> None:
    for path in ("/search/alert/", "/proposals/new/", "/oai"):
        assert answered("POST", path, body=FIELD, CONTENT_TYPE=f"multipart/form-data; boundary=b; {kind}") == 400, path


@pytest.mark.parametrize("name", ["utf-8", "UTF-8", "utf8", '"utf-8"'])
def test_body_in_utf_8__however_it_is_spelled__is_read(name: str) -> None:
    for kind, body in (
        ("multipart/form-data; boundary=b", FIELD),
        ("application/x-www-form-urlencoded", b"email=%C3%A9"),
    ):
        request = ReadableRequest(environ("POST", "/", "", body, CONTENT_TYPE=f"{kind}; charset={name}"))
        assert request.POST["email"]


@pytest.mark.parametrize("kind", ["text/html;q*=idna''%ff", "text/html;q*=foo''%ff", "text/html;q=nan", ";", ","])
def test_type_that_cannot_be_read__is_as_if_it_had_not_been_named(kind: str) -> None:
    for path in ("/", "/nothing/", "/admin/login/"):
        assert answered("GET", path, HTTP_ACCEPT=f"{kind}, application/json;q=0.1") < 500
    request = ReadableRequest(
        environ("GET", "/", "", b"", HTTP_ACCEPT="a/b;q*=foo''%ff, text/*;q=0.5, text/html, x/y;q=0")
    )
    assert list(map(str, request.accepted_types)) == ["text/html", "text/*; q=0.5"]
    assert request.accepts("text/html")
    assert not request.accepts("x/y")
