"""What is logged opens nothing and names nobody."""

import logging
import sys

import pytest
from django.test import Client
from django.urls import get_resolver

from bpf_site.web.log_redaction import PART, SECRET_PARTS, JsonFormatter, RedactingFormatter, redact, routes

SECRET = "Zp4nted_Secret-0123456789"
EMAIL = "ada.plantagon@example.org"

OPEN_PARTS = {
    "attachment", "comment_id", "document", "edition", "form", "forum", "forum_id", "identifier", "name", "number",
    "page_id", "restriction_id", "rest", "session_id", "sha256", "slug", "theme", "version", "year", "a", "b", "n",
    "page_view_restriction_id",
}  # fmt: skip
"""Parts of public addresses that open nothing: what they name is public, or asks for a right of its own."""


def filled(route: str) -> str:
    return "/" + PART.sub(lambda part: SECRET if part["name"] in SECRET_PARTS else "7", route)


SECRET_ADDRESSES = [
    filled(route) for route in routes(get_resolver()) if any(f"{name}>" in route for name in SECRET_PARTS)
]


@pytest.fixture
def lines():
    """What a handler of the site's own form writes."""
    written = []

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler = Kept()
    handler.setFormatter(RedactingFormatter("%(levelname)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def test_parts_of_public_addresses__are_secret_or_known_to_be_open():
    public = [route for route in routes(get_resolver()) if not route.startswith("admin/")]
    assert {part["name"] for route in public for part in PART.finditer(route)} <= SECRET_PARTS | OPEN_PARTS


@pytest.mark.django_db
@pytest.mark.parametrize("address", SECRET_ADDRESSES)
def test_secret_address__refused__is_logged_without_its_secret(client, lines, address):
    client.get(address)
    logging.getLogger("django.request").warning("Forbidden (CSRF): %s", f"http://127.0.0.1{address}?a=b")
    assert lines
    assert not [line for line in lines if SECRET in line]
    assert f"{address[:6]}" in lines[-1]


def test_traceback__is_written_without_secrets_and_addresses(lines):
    try:
        raise ValueError(f"no mail for <{EMAIL}>, see /comments/mine/{SECRET}/")
    except ValueError:
        logging.getLogger("mail").exception("message 7 to %s was not sent", EMAIL)
    assert "message 7" in lines[0]
    assert "ValueError: no mail for" in lines[0]
    assert SECRET not in lines[0]
    assert EMAIL not in lines[0]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Not Found: /search/like/BPF-2014-SPAM", "Not Found: /search/like/BPF-2014-SPAM"),
        ("Invalid request from ip=203.0.113.9: [Invalid header]", "Invalid request from ip=[removed] [Invalid header]"),
        ("https://library.example/draft/x:y:z/ said 404", "https://library.example/draft/[removed]/ said 404"),
        ("<Ада@пример.рф>, (o'neil+x@example.org)", "<[removed]>, ([removed])"),
        ("pages@2x.png is no address", "[removed] is no address"),
    ],
)
def test_line__keeps_what_an_operator_needs(line, kept):
    assert redact(line) == kept


@pytest.mark.parametrize("sign", ["\r", "\x1b[2K", "\x00", "\x85", "\u2028", "\u202e", "\x9b"])
def test_sign_that_could_forge_a_line__is_written_as_its_number(lines, sign):
    forged = f"x{sign}2099-01-01 INFO bpf: all is well"
    logging.getLogger("foreign").warning("said %s", forged)
    assert lines == [f"WARNING said {forged}".replace(sign, ascii(sign)[1:-1])]


def test_line_end_in_a_message_or_an_error__begins_no_line_of_its_own(lines):
    forged = "x\n2099-01-01 INFO bpf: all is well"
    logging.getLogger("foreign").warning("said %s", forged)
    assert lines == ["WARNING said x\\n2099-01-01 INFO bpf: all is well"]
    try:
        raise ValueError(forged)
    except ValueError:
        logging.getLogger("foreign").exception("failed")
    first, *more = lines[1].split("\n")
    assert first == "ERROR failed"
    assert more[-1] == "    2099-01-01 INFO bpf: all is well"
    assert all(line.startswith("    ") for line in more)


@pytest.mark.parametrize("form", [RedactingFormatter("%(message)s"), JsonFormatter()])
def test_long_header_in_an_error__is_cut_in_the_log(form):
    """The error of a multipart form quotes its boundary, which a stranger can make as long as a header may be."""
    try:
        raise ValueError("boundary: " + "x" * 60_000 + "\nlamp" * 20_000)
    except ValueError:
        record = logging.LogRecord("a", logging.ERROR, "", 0, "y" * 60_000, None, sys.exc_info())
    line = form.format(record)
    assert len(line) < 20_000
    assert "signs left out" in line
    assert "lines left out" in line


MANY_FIELDS = "&".join(f"f{number}=x" for number in range(1_200))
URLENCODED = "application/x-www-form-urlencoded"
REFUSED = {
    "foreign host": {"HTTP_HOST": "evil.example"},
    "host that is none": {"HTTP_HOST": "a b\x1b[2K<script>"},
    "host with an address of mail": {"HTTP_HOST": EMAIL},
    "foreign host, form": {"REQUEST_METHOD": "POST", "HTTP_HOST": "evil.example"},
    "too many fields": {"body": MANY_FIELDS, "CONTENT_TYPE": URLENCODED},
    "no boundary": {"body": "x", "CONTENT_TYPE": "multipart/form-data"},
    "odd boundary": {"body": "x", "CONTENT_TYPE": f"multipart/form-data; boundary={'é' * 90}"},
    "broken multipart": {"body": "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
                                 "Content-Transfer-Encoding: base64\r\n\r\n!\r\n--b--\r\n",
                         "CONTENT_TYPE": "multipart/form-data; boundary=b"},
    "too long": {"body": "a=" + "x" * 3_000_000, "CONTENT_TYPE": URLENCODED},
    "length that is none": {"body": "a=b", "CONTENT_TYPE": URLENCODED, "CONTENT_LENGTH": "-7"},
    "signs of no alphabet": {"body": "a=%ff%fe", "CONTENT_TYPE": f"{URLENCODED}; charset=utf-16"},
    "cookie that is none": {"HTTP_COOKIE": "sessionid=\x00\xff../../x; csrftoken=<x>; django_language=../..; a"},
    "no token": {"body": "username=a", "CONTENT_TYPE": URLENCODED},
}  # fmt: skip
"""What a stranger sends, and no browser does."""


@pytest.mark.django_db
@pytest.mark.parametrize("form", [RedactingFormatter("%(levelname)s %(name)s %(message)s"), JsonFormatter()])
@pytest.mark.parametrize("path", ["/", "/admin/login/", "/search/alert/"])
@pytest.mark.parametrize("sent", REFUSED.values(), ids=REFUSED)
def test_refused_request__is_a_warning_of_one_line_and_names_nobody(sent, path, form, lines, settings):
    """A foreign Host wrote 14 lines of traceback, each time."""
    logging.getLogger().handlers[-1].setFormatter(form)
    body = sent.get("body", "").encode()
    request = {"REQUEST_METHOD": "POST" if body else "GET", "CONTENT_LENGTH": str(len(body))} | sent
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answer = client.generic(request.pop("REQUEST_METHOD"), path, body, **request)
    assert answer.status_code < 500
    assert len(lines) <= 1, "a refusal is said once"
    for line in lines:
        assert "\n" not in line
        assert "Traceback" not in line
        assert "ERROR" not in line
        assert "WARNING" in line
        assert EMAIL not in line


def test_fault_of_ours__keeps_its_traceback(lines):
    try:
        raise ValueError("planted")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error", extra={"status_code": 500})
    assert "ValueError: planted" in lines[0]
    assert lines[0].startswith("ERROR")


def test_web_server__logs_in_the_same_form(lines):
    logging.getLogger("waitress").error("Exception while serving %s", f"/comments/draft/{SECRET}/")
    assert lines == ["ERROR Exception while serving /comments/draft/[removed]/"]
