"""People of one forum find neither titles nor names of another forum's unpublished work in Wagtail's own views."""

import re

import pytest
from django.urls import get_resolver
from wagtail.admin.urls import reports
from wagtail.log_actions import log
from wagtail.models import Page

from tests.factories import OutcomePageFactory
from tests.files.test_who_reads_what import of_forum
from tests.site.web.test_impossible_addresses import patterns

pytestmark = pytest.mark.django_db

TITLE, NAME = "Plantedtitle Zzyx", "Plantedname"
ACTIONS = ("delete", "move", "publish", "unpublish", "add_tags", "add_to_collection")


@pytest.fixture
def drafts(people):
    """A draft of one forum, written by somebody with a name, and a draft of the other."""
    theirs = OutcomePageFactory(parent=people.forum, title=TITLE, draft_title=TITLE, live=False)
    writer = people["rapporteur"]
    writer.first_name = NAME
    writer.save()
    theirs.save_revision(user=writer)
    log(instance=theirs, action="wagtail.edit", user=writer)
    return theirs, OutcomePageFactory(parent=people.other_forum, title="Mine", live=False)


def addresses(people, theirs, mine):
    forum, library = people.forum.pk, Page.objects.get(pk=people.forum.pk).get_parent().pk
    yield from (f"/admin/choose-page/{page}/{query}" for page in (forum, library) for query in ("", "?q=Planted"))
    yield f"/admin/choose-page/{forum}/?user_perms=move_to"
    yield "/admin/choose-page/search/?q=Planted"
    yield f"/admin/pages/{mine.pk}/move/"
    yield f"/admin/pages/{mine.pk}/move/{forum}/confirm/"
    yield "/admin/pages/search/?q=Planted"
    yield from (f"/admin/pages/{theirs.pk}/{view}/" for view in ("edit", "history", "usage", "copy"))
    yield from (f"/admin/reports/{pattern.pattern}" for pattern in reports.urlpatterns)
    yield f"/admin/reports/site-history/?user={people['rapporteur'].pk}"


def test_forum_role__finds_nothing_of_another_forum(client, people, drafts):
    client.force_login(people["other_facilitator"])
    found = []
    for address in addresses(people, *drafts):
        response = client.get(address, follow=True)
        text = response.content.decode()
        found += [f"{address}: {word}" for word in (TITLE, NAME) if word in text]
    assert found == []
    assert TITLE in client_of(people["facilitator"]).get(f"/admin/choose-page/{people.forum.pk}/").content.decode()


def asked_by_number(page, image, document):
    """Every address of the admin that takes numbers, asked with those of a page or of a file; and those of a query."""
    for route in sorted(
        {route for route in patterns(get_resolver()) if route.startswith("admin/") and "(" not in route}
    ):
        number = next((row.pk for part, row in (("image", image), ("document", document)) if part in route), page.pk)
        yield "/" + re.sub(r"<(?:\w+:)?\w+>", str(number), route)
    yield f"/admin/choose-page/chosen-multiple/?id={page.pk}"
    for place, row in (("wagtailcore/page", page), ("wagtailimages/image", image), ("wagtaildocs/document", document)):
        yield from (f"/admin/bulk/{place}/{action}/?id={row.pk}" for action in ACTIONS)
        yield from (f"/admin/bulk/{place}/{action}/?id=all" for action in ACTIONS)
    parents = (page.get_parent().pk, page.get_parent().get_parent().pk)
    yield from (
        f"/admin/bulk/wagtailcore/page/{action}/?id=all&childOf={parent}{more}"
        for action in ACTIONS for parent in parents for more in ("", "&q=Plantedtitle")
    )  # fmt: skip
    yield from (f"/admin/api/main/{kind}/?fields=*" for kind in ("pages", "images", "documents"))
    yield f"/admin/api/main/images/{image.pk}/"
    yield f"/admin/api/main/documents/{document.pk}/"


def test_every_address_of_the_admin__asked_with_the_number_of_anothers_work__names_none_of_it(client, people, drafts):
    """Steps with many things at once, the chooser's own pages, moving, and the interface for programs told titles of
    drafts, images and documents to whoever counted up numbers."""
    theirs, _mine = drafts
    image, document = of_forum(people)
    client.raise_request_exception = False  # Wagtail's /admin/failwhale/
    client.force_login(people["other_rapporteur"])
    found, asked = [], 0
    for address in asked_by_number(theirs, image, document):
        text = client.get(address, follow=True).content.decode(errors="replace")
        asked += 1
        found += [f"{address}: {word}" for word in (TITLE, NAME, "Lamp of A", "Notes of A") if word in text]
    assert found == []
    assert asked > 200
    own = client_of(people["rapporteur"])
    assert "Lamp of A" in own.get("/admin/api/main/images/").content.decode()
    assert "Lamp of A" in own.get(f"/admin/bulk/wagtailimages/image/add_tags/?id={image.pk}").content.decode()
    whole = f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={theirs.get_parent().pk}"
    assert TITLE in own.get(whole).content.decode()
    assert own.get("/admin/bulk/wagtailcore/page/delete/?id=all&childOf=x").status_code == 404


def test_reports_of_the_whole_site__are_the_secretariats(client, people, drafts):
    for pattern in reports.urlpatterns:
        client.force_login(people["facilitator"])
        assert client.get(f"/admin/reports/{pattern.pattern}").status_code == 302
        client.force_login(people["secretariat"])
        assert client.get(f"/admin/reports/{pattern.pattern}").status_code == 200
    assert NAME in client.get("/admin/reports/site-history/").content.decode()


def test_menu__names_only_reports_that_open(people):
    assert "site-history" not in client_of(people["facilitator"]).get("/admin/").content.decode()
    assert "site-history" in client_of(people["secretariat"]).get("/admin/").content.decode()


def client_of(user):
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client
