"""The record of a document: what the public reads of it, the whole story for editors, and the files."""

import csv
import hashlib
import io
import json

import pytest
from django.contrib.auth import get_user_model
from django.utils.translation import override

from core.spreadsheets import as_csv, cell
from editions.models import Edition
from tests.factories import ProcessFactory
from tests.workflow.moves import FILLED, brought_to
from workflow.history import export, timeline
from workflow.history.hash_chain import head_at, head_of
from workflow.transitions.models import Process
from workflow.transitions.services import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(people) -> Process:
    return ProcessFactory(forum=people.forum)


def address_of(process: Process) -> str:
    return Edition.objects.filter(series=process.series).first().address


def rows_of(client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    if address.endswith(".json"):
        return json.loads(response.content)["rows"]
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def to_comment_and_back(process: Process, people, reason: str = "Opened by mistake.") -> None:
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    perform(process, "return_to_draft", people["secretariat"], reason=reason)


def test_public_history__tells_role_reason_and_edition_but_no_name(process, people) -> None:
    to_comment_and_back(process, people)
    opened, returned = timeline.public_history(process.series)
    assert (opened.label, opened.role_label, opened.edition) == (
        "Open public comment",
        "Facilitator",
        f"{process.series}-E1",
    )
    assert (returned.role, returned.reason, returned.target_label) == (
        "secretariat",
        "Opened by mistake.",
        "Initial draft",
    )
    assert opened.by == returned.by == ""


def test_public_history__of_a_document_never_public__is_empty(process) -> None:
    assert timeline.public_history(process.series) == []
    assert head_of(process.series) is None


def test_public_history__shows_what_the_secretariat_set_aside_and_why(process, people) -> None:
    short = FILLED["open_comment"]()
    short["closes"] = short["opens"].replace(microsecond=0) + (short["closes"] - short["opens"]) / 6
    perform(
        process,
        "open_comment",
        people["secretariat"],
        data=short,
        overrides=["period_long_enough"],
        reason="The meeting is early in 2099.",
    )
    (move,) = timeline.public_history(process.series)
    assert len(move.overridden) == 1
    assert "at least 21" in move.overridden[0]
    with override("fr"):
        ((condition, found),) = timeline.public_history(process.series)[0].set_aside
    assert condition == "La période de commentaires dure au moins 21 jours."
    assert found == move.overridden[0]
    assert move.reason == "The meeting is early in 2099."
    assert move.in_stead


def test_public_history__of_a_final__tells_every_move_and_who_declared_consensus(process, people) -> None:
    perform(process, "record", people["secretariat"], data=FILLED["record"]())
    perform(process, "revise", people["facilitator"])
    perform(process, "withdraw", people["secretariat"], reason="Superseded elsewhere.")
    perform(process, "reinstate", people["secretariat"], reason="It was not.")
    assert [move.name for move in timeline.public_history(process.series)] == [
        "record",
        "revise",
        "withdraw",
        "reinstate",
    ]


def test_public_history__of_a_withdrawn_draft__hides_what_never_was_public(process, people) -> None:
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    perform(process, "withdraw", people["secretariat"], reason="Out of scope.")
    perform(process, "reinstate", people["secretariat"], reason="In scope after all.")
    assert [move.name for move in timeline.public_history(process.series)] == ["open_comment", "withdraw"]


def test_public_history__survives_the_deletion_of_every_account(process, people) -> None:
    to_comment_and_back(process, people)
    before = timeline.public_history(process.series)
    get_user_model().objects.all().delete()
    assert timeline.public_history(process.series) == before
    assert [row.by for row in process.log.all()] == [None, None]
    assert all(row.by_name for row in process.log.all())


def test_chain_head__is_the_hash_of_the_newest_row(process, people) -> None:
    to_comment_and_back(process, people)
    head = head_of(process.series)
    assert (head.ordinal, head.hash) == (2, process.log.last().hash)


def test_chain_head_of_an_edition__stays_while_the_log_grows(process, people) -> None:
    row = perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    perform(
        Process.objects.get(pk=process.pk),
        "close_comment",
        people["secretariat"],
        reason="x",
        overrides=["period_over"],
    )
    assert (head_at(row.edition).ordinal, head_at(row.edition).hash) == (1, row.hash)
    assert head_of(process.series).ordinal == 2
    assert head_at(row.edition).short == row.hash[:16]


def test_chain_head__of_what_never_moved__is_none(people) -> None:
    unmoved = ProcessFactory(forum=people.forum, at="comment")  # an edition that no move made
    assert head_of(unmoved.series) is None
    assert head_at(unmoved.current_edition) is None


def test_whole_history__merges_moves_edits_and_notes_newest_first(process, people) -> None:
    process.page.specific.save_revision(user=people["lead_expert"])
    to_comment_and_back(process, people)
    entries = timeline.whole_history(process)
    assert {entry.source for entry in entries} == {"moves", "edits"}
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    assert {entry.source for entry in timeline.whole_history(process, "moves")} == {"moves"}


def test_history_source__registered_twice__is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        timeline.history_source("moves", "Again")(lambda process: [])


def test_json_of_the_log__lets_anybody_recompute_the_chain(process, people, client) -> None:
    to_comment_and_back(process, people, reason="Ünïcode “reason” 日本")
    client.force_login(people["rapporteur"])
    response = client.get(f"/admin/workflow/{process.page_id}/history/log.json")
    found = json.loads(response.content)
    previous = ""
    for row in found["rows"]:
        body = json.dumps(row["content"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert row["previous_hash"] == previous
        previous = hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()
        assert row["hash"] == previous
    assert found["head"]["hash"] == previous
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("reason", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_csv_of_the_log__with_a_formula_as_reason__holds_it_as_text(process, people, client, reason) -> None:
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    perform(process, "return_to_draft", people["secretariat"], reason=f"{reason} x")
    client.force_login(people["facilitator"])
    text = client.get(f"/admin/workflow/{process.page_id}/history/log.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[1]["reason"] in (f"'{reason} x", f"{reason} x".strip())
    assert not rows[1]["reason"].startswith(("=", "+", "-", "@"))
    public = client.get(f"{address_of(process)}history/record.csv").content.decode("utf-8-sig")
    assert list(csv.DictReader(io.StringIO(public)))[1]["reason"] == rows[1]["reason"]


def test_cell__of_numbers_dates_and_nothing__needs_no_guard() -> None:
    assert [cell(value) for value in (-3, None, True, "a\x00b")] == ["-3", "", "yes", "ab"]
    assert as_csv(["a"], [["=1"]]).endswith("\r\n'=1\r\n")


@pytest.mark.parametrize("role", ["other_facilitator", "nobody"])
@pytest.mark.parametrize("what", ["", "log.json", "log.csv"])
def test_history_addresses__for_people_of_no_or_another_forum__are_closed(process, people, client, role, what) -> None:
    client.force_login(people[role])
    response = client.get(f"/admin/workflow/{process.page_id}/history/{what}")
    assert response.status_code == 302
    assert "history" not in response["Location"] or "login" in response["Location"]


def test_history_page__shows_the_head_of_the_chain(process, people, client) -> None:
    to_comment_and_back(process, people, reason="<script>alert(1)</script>")
    client.force_login(people["lead_expert"])
    response = client.get(f"/admin/workflow/{process.page_id}/history/")
    assert response.status_code == 200
    assert head_of(process.series).hash in response.content.decode()
    assert "<script>alert(1)" not in response.content.decode()


# --- the record as a file -----------------------------------------------------------------------------------------

COLUMNS = [
    "ordinal", "at", "step", "from", "to", "by", "role", "in_anothers_place", "reason", "edition", "edition_sha256",
    "set_aside", "previous_hash", "hash",
]  # fmt: skip


def test_files_of_the_record__have_the_same_columns_for_editors_and_for_everybody(process, people, client) -> None:
    to_comment_and_back(process, people)
    public, admin = f"{address_of(process)}history/record", f"/admin/workflow/{process.page_id}/history/log"
    client.force_login(people["rapporteur"])
    for start in (public, admin):
        assert list(rows_of(client, f"{start}.csv")[0]) == COLUMNS
        assert list(rows_of(client, f"{start}.json")[0]) == [*COLUMNS, "content"]
    assert [column.name for column in export.COLUMNS] == COLUMNS


def test_rows_of_json_and_csv__say_the_same(process, people, client) -> None:
    to_comment_and_back(process, people, reason="A reason; with “marks”, and\na line")
    start = f"{address_of(process)}history/record"
    for one, other in zip(rows_of(client, f"{start}.json"), rows_of(client, f"{start}.csv"), strict=True):
        for name in set(COLUMNS) - {"at", "in_anothers_place", "ordinal"}:
            assert one[name] == other[name].replace("\r\n", "\n"), name
        assert str(one["ordinal"]) == other["ordinal"]
        assert other["at"].endswith("+00:00")


def test_public_record__tells_no_name_but_that_of_the_declaration__and_the_admins_tells_all(people, client) -> None:
    process = brought_to("final", people)
    names = {row.by_name for row in process.log.all()}
    public = rows_of(client, f"{address_of(process)}history/record.csv")
    assert [row["step"] for row in public] == ["open_comment", "close_comment", "present", "adopt"]
    assert [row["by"] for row in public[:-1]] == ["", "", ""]
    assert public[-1]["by"] in names
    client.force_login(people["rapporteur"])
    admin = rows_of(client, f"/admin/workflow/{process.page_id}/history/log.csv")
    assert {row["by"] for row in admin} == names


def test_public_record__of_a_draft_that_was_withdrawn__holds_its_public_moves_alone(process, people, client) -> None:
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    perform(process, "withdraw", people["secretariat"], reason="Out of scope.")
    perform(process, "reinstate", people["secretariat"], reason="A secret reason.")
    for kind in ("json", "csv"):
        found = rows_of(client, f"{address_of(process)}history/record.{kind}")
        assert [row["step"] for row in found] == ["open_comment", "withdraw"]
        assert "A secret reason." not in str(found)


def test_public_record__lets_anybody_recompute_the_chain_of_a_final(people, client) -> None:
    process = brought_to("final", people)
    previous = ""
    for row in rows_of(client, f"{address_of(process)}history/record.json"):
        body = json.dumps(row["content"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert row["previous_hash"] == previous
        previous = hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()
        assert row["hash"] == previous
    assert previous == head_of(process.series).hash


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_files_of_the_record__after_every_account_is_deleted__are_the_same_byte_for_byte(people, client, kind) -> None:
    process = brought_to("final", people)
    address = f"{address_of(process)}history/record.{kind}"
    before = client.get(address).content, export.csv_of(timeline.whole_log(process.series))
    get_user_model().objects.all().delete()
    assert (client.get(address).content, export.csv_of(timeline.whole_log(process.series))) == before
    assert all(row.by for row in timeline.whole_log(process.series))


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_public_file__is_kept_as_long_as_it_holds__and_not_found_by_search_engines(
    process, people, client, kind
) -> None:
    assert client.get(f"/library/2099/{people.forum.slug}/{process.page.slug}/history/record.{kind}").status_code == 404
    to_comment_and_back(process, people)
    address = f"{address_of(process)}history/record.{kind}"
    first = client.get(address)
    assert first["X-Robots-Tag"] == "noindex"
    assert f'filename="{process.series}-record.{kind}"' in first["Content-Disposition"]
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    perform(Process.objects.get(pk=process.pk), "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_history_page__leads_to_both_files(process, people, client) -> None:
    to_comment_and_back(process, people)
    text = client.get(f"{address_of(process)}history/").content.decode()
    assert f'href="{address_of(process)}history/record.json"' in text
    assert f'href="{address_of(process)}history/record.csv"' in text
