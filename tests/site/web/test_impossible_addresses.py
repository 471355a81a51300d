"""Every address that takes a number or a text, ours and Wagtail's, asked with what no row can have."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

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
