"""The editors' guides name menus and buttons that are really there."""

import re

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from bpf_pages.importing.services import begin, read_waiting
from tests.load.server import ROOT
from tests.workflow.moves import brought_to
from workflow.forums import services as forums
from workflow.forums.models import Forum
from workflow.forums.states import ForumState
from workflow.states import TRANSITIONS, State

pytestmark = pytest.mark.django_db

GUIDES = ROOT / "docs" / "editors"
ROLES = ("rapporteur", "lead-expert", "facilitator", "secretariat")


def emphasised(guide: str) -> set[str]:
    """What stands *between asterisks*, as buttons and menus do in the guides, lines joined."""
    text = " ".join((GUIDES / f"{guide}.md").read_text().split())
    return {found.rstrip("….") for found in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", text)}


@pytest.mark.parametrize("guide", ["README", *ROLES])
def test_menus_and_buttons__that_a_guide_names__stand_in_the_admin_of_that_role(guide, people, client) -> None:
    process, now = brought_to("comment", people), timezone.now()
    forum = forums.propose(Forum(page=people.forum, title="Lamps", year=2099, scope="x", proposer="Ficta"), now)
    imported = begin(people.forum, "a.txt", b"Words.", user=None, at=now, page=process.page.specific)
    read_waiting(imported)
    role = "facilitator" if guide == "README" else guide.replace("-", "_")
    client.force_login(people[role])
    pages = [
        forums.desk(forum),
        "/admin/",
        f"/admin/pages/{process.page_id}/edit/",
        f"/admin/pages/{people.forum.pk}/",
        "/admin/account/",
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
