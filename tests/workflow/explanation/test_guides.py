"""The editors' guides name menus and buttons that are really there."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from bpf_pages.catalogues import services
from bpf_pages.importing.services import begin, read_waiting
from bpf_pages.models.catalogue import CatalogueFile
from consultation.suggestions.services import suggest
from consultation.working_text.places import working_text
from tests.bpf_pages.catalogues.catalogues import begun
from tests.consultation.stories import Consultation
from tests.load.server import ROOT
from tests.workflow.moves import brought_to
from workflow.forums.models import Forum
from workflow.forums.states import ForumState
from workflow.proposals_and_nominations.services import propose
from workflow.states import TRANSITIONS, State

pytestmark = pytest.mark.django_db

GUIDES = ROOT / "docs" / "editors"
ROLES = ("rapporteur", "lead-expert", "facilitator", "secretariat")


def emphasised(guide: str) -> set[str]:
    """What stands *between asterisks*, as buttons and menus do in the guides, lines joined."""
    text = " ".join((GUIDES / f"{guide}.md").read_text().split())
    return {found.rstrip("….") for found in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", text)}


def test_guide_to_catalogues__names_what_is_there(people, client) -> None:
    """Headings and columns too: some stand only while something waits."""
    catalogue = begun({}, {"file": "a.txt", "title": "Held"}, files={
        "cables.txt": b"Words.", "a.txt": "Lämpchen für Küsten".encode("latin-1")
    })  # fmt: skip
    client.force_login(people["secretariat"])
    addresses = (reverse("bpf_pages_admin:catalogues"), reverse("bpf_pages_admin:catalogue", args=[catalogue.pk]))
    seen = [client.get(address).content for address in (*addresses, f"/admin/pages/{people.forum.pk}/", "/admin/")]
    services.start(catalogue)
    CatalogueFile.objects.create(catalogue=catalogue, name="x", asked="https://example.org/", fetched_at=timezone.now())
    seen.append(client.get(addresses[1]).content)
    services.go_on(catalogue)
    seen.append(client.get(addresses[1]).content)
    text = " ".join(BeautifulSoup(page, "html.parser").get_text(" ") for page in seen)
    text = " ".join(text.split()) + seen[3].decode()
    assert {words for words in emphasised("catalogues") if words not in text} == set()


@pytest.mark.parametrize("guide", ["README", *ROLES])
def test_menus_and_buttons__that_a_guide_names__stand_in_the_admin_of_that_role(guide, people, client) -> None:
    process, now = brought_to("comment", people), timezone.now()
    forum = propose(Forum(page=people.forum, title="Lamps", year=2099, scope="x", proposer="Ficta"), now)
    imported = begin(people.forum, "a.md", b"Words.<!-- hidden -->", user=None, at=now, page=process.page.specific)
    read_waiting(imported)
    consultation = Consultation(process, people)
    consultation.published(on=(1,), proposed="Words that a comment proposes.")
    suggest(process, working_text(process)[-1].key, "Words of somebody else.", people["rapporteur"], now)
    role = "facilitator" if guide == "README" else guide.replace("-", "_")
    client.force_login(people[role])
    pages = [
        reverse("workflow_admin:forum", args=[forum.pk]),
        "/admin/",
        f"/admin/pages/{process.page_id}/edit/",
        f"/admin/pages/{people.forum.pk}/",
        f"/admin/pages/{people.forum.pk}/edit/",
        "/admin/account/",
        reverse("bpf_pages_admin:imported", args=[imported.pk]),
        f"{reverse('consultation_admin:dispositions', args=[process.pk])}?show=all",
        reverse("consultation_admin:enter", args=[process.pk]),
    ]
    seen = " ".join(BeautifulSoup(client.get(page).content, "html.parser").get_text(" ") for page in pages)
    menu = client.get("/admin/").content.decode()  # the menu stands in a script, as JSON
    said = {str(label) for label in (*State.labels, *ForumState.labels, *(move.label for move in TRANSITIONS.values()))}
    others = " ".join(re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), menu).split())
    for words in emphasised(guide):
        for part in words.split(", "):
            assert part in seen or part in others or part in said, f"{guide}: {part}"


def test_guides__tell_each_step_to_those_who_take_it() -> None:
    facilitator = (GUIDES / "facilitator.md").read_text()
    for move in TRANSITIONS.values():
        if "facilitator" in move.roles:
            assert str(move.label).split(" as ")[0] in facilitator, move.name
