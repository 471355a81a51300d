"""Relations between documents, and who links to one before it is withdrawn (Plone: P12)."""

import pytest

from editions.models import Relation
from tests.factories import OutcomePageFactory, ProcessFactory, text_block
from tests.workflow.moves import FILLED
from workflow.relations.incoming_links import links_to, relations_of
from workflow.transitions.models import Process
from workflow.transitions.services import perform, process_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(people) -> Process:
    return ProcessFactory(forum=people.forum, at="final")


def address(process: Process) -> str:
    return f"/admin/workflow/{process.page_id}/relations/"


def test_relation__is_added_and_removed_by_a_facilitator(process, people, client) -> None:
    other = ProcessFactory(forum=people.other_forum, at="final")
    client.force_login(people["facilitator"])
    client.post(address(process), {"kind": "continues", "target": other.series.lower(), "note": "The next year."})
    row = Relation.objects.get()
    assert (row.source, row.kind, row.target) == (process.series, "continues", other.series)
    assert other.series in client.get(address(process)).content.decode()
    assert relations_of(other.series) == [row]
    client.post(f"{address(process)}{row.pk}/remove/")
    assert not Relation.objects.exists()


@pytest.mark.parametrize("target", ["", "BPF-1999-NOTHING", "itself", "x" * 121])
def test_relation__to_nothing_or_itself__is_refused(process, people, client, target) -> None:
    client.force_login(people["facilitator"])
    form = {"kind": "continues", "target": process.series if target == "itself" else target}
    assert client.post(address(process), form).status_code == 200
    assert not Relation.objects.exists()


def test_relation__twice__stands_once(process, people, client) -> None:
    other = ProcessFactory(forum=people.forum, at="final")
    client.force_login(people["facilitator"])
    for _again in range(2):
        assert client.post(address(process), {"kind": "continues", "target": other.series}).status_code == 302
    assert Relation.objects.count() == 1


def test_relation__made_by_a_step__cannot_be_removed_by_hand(process, people, client) -> None:
    row = Relation.objects.create(kind="corrects", source=f"{process.series}-E2", target=f"{process.series}-E1")
    client.force_login(people["secretariat"])
    assert client.post(f"{address(process)}{row.pk}/remove/").status_code == 404
    assert Relation.objects.exists()


@pytest.mark.parametrize("role", ["rapporteur", "lead_expert", "other_facilitator"])
def test_relation__by_those_who_may_not__is_refused(process, people, client, role) -> None:
    other = ProcessFactory(forum=people.forum, at="final")
    client.force_login(people[role])
    client.post(address(process), {"kind": "continues", "target": other.series})
    assert not Relation.objects.exists()


def test_plone_p12__withdrawing__shows_first_who_links_to_the_document(process, people, client) -> None:
    """Plone: a deletion by its interface passes though incoming links are known."""
    page = process.page.specific
    where = f"/library/2099/{page.get_parent().slug}/{page.slug}/"
    html = f'<p>See <a href="{where}">the lamps</a>.</p>'
    citing = process_of(OutcomePageFactory(parent=people.other_forum, body=[], title="A citing outcome"))
    draft = citing.page.specific
    draft.body.raw_data.append(text_block(html))
    draft.save_revision()
    perform(citing, "record", people["secretariat"], data=FILLED["record"]())
    related = ProcessFactory(forum=people.forum, at="final")
    Relation.objects.create(kind="continues", source=related.series, target=process.series)
    found = [link.what for link in links_to(process)]
    assert f"Text of {citing.series}-E1" in found
    assert any(related.series in what for what in found)
    client.force_login(people["secretariat"])
    text = client.get(f"/admin/workflow/{process.page_id}/withdraw/").content.decode()
    assert f"Text of {citing.series}-E1" in text
    assert (
        "What links to this document" not in client.get(f"/admin/workflow/{process.page_id}/revise/").content.decode()
    )


def test_link__to_a_longer_identifier__is_not_a_link_to_this_one(people) -> None:
    from workflow.relations.incoming_links import _names

    assert _names("see BPF-2099-LAMP.", "BPF-2099-LAMP")
    assert _names("see BPF-2099-LAMP-E3", "BPF-2099-LAMP")
    assert not _names("see BPF-2099-LAMPS", "BPF-2099-LAMP")
    assert _names("BPF-2099-LAMPS and BPF-2099-LAMP", "BPF-2099-LAMP")
