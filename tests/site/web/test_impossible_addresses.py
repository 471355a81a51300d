"""Every address that takes a number or a text, ours and Wagtail's, asked with what no row can have."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from bpf_site.web.middleware import ImpossibleAddressMiddleware
from tests.consultation.stories import begun

HUGE = "99999999999999999999"
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def addresses(value: str) -> list[str]:
    """Each route with this value where it takes a number, and something of the right shape elsewhere."""
    found = set()
    for route in patterns(get_resolver()):
        if "int:" in route and "(" not in route:
            filled = PARAMETER.sub(lambda match: value if match[1] == "int" else "a" * 24, route)
            found.add("/" + filled.lstrip("/"))
    return sorted(found)


@pytest.mark.django_db
def test_a_number_that_no_row_can_have__is_not_found_at_any_address(client, people) -> None:
    wanted = addresses(HUGE)
    assert len(wanted) > 150
    client.force_login(people["superuser"])
    answers = {address: client.get(address).status_code for address in wanted}
    assert {address: status for address, status in answers.items() if status != 404} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/media/images/%00.png", "/library/2099/%00/", "/id/%00", "/search/?q=%00", "/admin/pages/%00/"]
)
def test_nul__in_an_address__is_no_error(client, people, address) -> None:
    client.force_login(people["superuser"])
    assert client.get(address).status_code < 500


def passed_on(path: str = "/", query: str = "", cookie: str = "") -> HttpRequest:
    """A request as it comes to the views."""
    request = RequestFactory().get(path, HTTP_COOKIE=cookie)
    request.META["QUERY_STRING"] = query
    ImpossibleAddressMiddleware(lambda _request: HttpResponse())(request)
    return request


@pytest.mark.parametrize("query", ["q=%00", "q=%0%000", "q=%%0000", "q=%0%0%00000", "q=a\x00b"])
def test_nul__however_it_is_wrapped_in_a_query__comes_to_no_view(query) -> None:
    """Taken out of `%0%000`, a NUL left another behind, and PostgreSQL refused the filter."""
    assert "\x00" not in passed_on(query=query).GET["q"]


def test_nul__in_a_cookie__comes_to_no_view() -> None:
    """A browser's cookie `"\\000…"` made a fault of every page: PostgreSQL was asked for such a session."""
    cookies = passed_on(cookie='sessionid="\\000abc"; django_language=fr').COOKIES
    assert cookies == {"django_language": "fr"}


@pytest.mark.django_db
def test_nul__in_a_field_that_no_form_judges__is_no_fault_of_ours(people, client) -> None:
    """PostgreSQL was asked for a draft of that name."""
    new = f"{begun(people).address}comments/new/"
    assert client.post(new, {"draft": "\x00", "body": "Buy lamps."}).status_code < 500


@pytest.mark.django_db
def test_a_number_of_another_script__longer_than_any__is_not_found(client) -> None:
    number = "\u0669" * 4_301  # Python reads no longer one
    assert client.get(f"/documents/{number}/report.pdf").status_code == 404
