"""The search of the admin finds drafts by identifier, title and words, for whoever may edit them and nobody else."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from tests.factories import OutcomePageFactory
from workflow.transitions.services import process_of

pytestmark = pytest.mark.django_db


def write_the_index() -> None:
    """What the worker would do with the tasks that the saves left for it."""
    for row in DBTaskResult.objects.filter(task_path="modelsearch.tasks.insert_or_update_object_task"):
        import_string(row.task_path).call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])


def found(user, question: str) -> set[int]:
    client = Client()
    client.force_login(user)
    answer = client.get(reverse("wagtailadmin_pages:search"), {"q": question})
    rows = BeautifulSoup(answer.content, "html.parser").select(".listing a[href*='/edit/']")
    return {int(row["href"].split("/pages/")[1].split("/")[0]) for row in rows}


def test_admin_search__finds_a_draft_by_what_it_says_and_is_called_for_its_people_alone(people) -> None:
    words = '<p data-block-key="aaaaa">Quokkamole stands in this draft of 2099.</p>'
    body = [{"type": "text", "value": words, "id": "6f2a2b4e-0001"}]
    page = OutcomePageFactory(parent=people.forum, title="Zephyrine lamps", body=body, revision=people["rapporteur"])
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.reword("6f2a2b4e-0001.aaaaa", "Wombatique stands here by a wording that was accepted.")
    draft.save_revision(user=people["facilitator"], clean=False)
    write_the_index()
    for question in ("Wombatique", "Zephyrine", process_of(page).series):
        assert page.pk in found(people["rapporteur"], question), question
        assert page.pk in found(people["secretariat"], question), question
        assert page.pk not in found(people["other_rapporteur"], question), question
    assert page.pk not in found(people["rapporteur"], "Quokkamole")  # said no more
