"""A form of the admin that comes in empty is answered, at every address: no error of ours."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.converters import IntConverter
from django.urls.resolvers import URLResolver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.admin_forms import outcome_form, text_blocks
from tests.factories import ProcessFactory
from tests.files.pictures import picture

MEANT_TO_FAIL = {"wagtailadmin_error_test"}


def patterns(resolver: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, (*above, each.namespace) if each.namespace else above)
        elif each.name and each.name not in MEANT_TO_FAIL:
            yield ":".join((*above, each.name)), each.pattern.converters


@pytest.mark.django_db
def test_an_empty_form__is_answered_at_every_address_of_the_admin(people, client) -> None:
    client.force_login(people["superuser"])
    client.raise_request_exception = False
    page = ProcessFactory(forum=people.forum).page
    image = get_image_model().objects.create(title="a", file=ImageFile(io.BytesIO(picture()), name="a.png"))
    get_document_model().objects.create(title="a", file=ContentFile(b"x", name="a.txt"))

    def value(name: str, converter: Any) -> Any:
        if "page" in name or name == "destination_id":
            return page.pk
        return image.pk if isinstance(converter, IntConverter) else "a"

    tried, failed = 0, []
    for name, converters in patterns(get_resolver()):
        try:
            address = reverse(name, kwargs={key: value(key, each) for key, each in converters.items()})
        except NoReverseMatch:
            continue
        if address.startswith("/admin/"):
            tried += 1
            client.force_login(people["superuser"])  # one of the addresses is to sign out
            failed += [name for answer in (client.post(address), client.get(address)) if answer.status_code >= 500]
    assert failed == []
    assert tried > 250


@pytest.mark.django_db
def test_an_editor_that_sends_half_of_its_form__is_answered_with_400(people, client) -> None:
    page = ProcessFactory(forum=people.forum).page
    client.force_login(people["rapporteur"])
    assert client.post(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 400


ENDLESS = "[" * 5_000 + "]" * 5_000
GARBLED = {
    "deeply nested": {"body-0-value": f'{{"blocks": {ENDLESS}, "entityMap": {{}}}}'},
    "a list": {"body-0-value": "[]"},
    "no blocks": {"body-0-value": '{"blocks": null, "entityMap": {}}'},
    "no JSON": {"body-0-value": "{"},
    "a range of nothing": {
        "body-0-value": json.dumps(
            {"blocks": [{"key": "a", "text": "x", "type": "unstyled", "depth": 0, "entityRanges": [{"key": 7}],
                         "inlineStyleRanges": [{"offset": "x"}]}], "entityMap": {}}
        ),
    },
    "a count of words": {"body-count": "many"},
    "a count without end": {"body-count": "9" * 5_000},
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("garbled", GARBLED.values(), ids=GARBLED.keys())
def test_an_editor_that_sends_what_no_page_would__is_answered_with_400_and_changes_nothing(
    garbled, people, client
) -> None:
    page = ProcessFactory(forum=people.forum).page.specific
    before = page.get_latest_revision()
    client.force_login(people["rapporteur"])
    form = outcome_form(page.title, page.slug, text_blocks("<p>Words.</p>")) | garbled
    assert client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form).status_code == 400
    assert page.get_latest_revision() == before
