"""Files of the whole catalogue: they agree with the lists, run no formula, and can be checked against their hashes."""

import csv
import hashlib
import io
import json
import zipfile

import jsonschema
import pytest

from api.v1 import exports
from api.v1.catalogue import selected
from api.v1.exports import EXPORTS
from core.spreadsheets import STARTS_A_FORMULA
from editions.models import Edition
from tests.api.v1.test_v1 import shape_of

pytestmark = pytest.mark.django_db
ALL = "/api/v1/export/"


def got(client, name, query=""):
    response = client.get(f"{ALL}{name}{query}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="bpf-{name}"'
    return response.getvalue()


@pytest.fixture
def client(client, planted):
    return client


def listed(client, address):
    rows = []
    while address:
        answer = client.get(address).json()
        rows += answer["items"]
        address = answer["links"]["next"]
    return rows


@pytest.mark.parametrize("query", ["", "?year=2099", "?theme=planted-theme", "?theme=none"])
def test_documents__as_lines_of_json__are_the_list_itself(client, query):
    lines = [json.loads(line) for line in got(client, "documents.jsonl", query).splitlines()]
    assert lines == listed(client, f"/api/v1/documents{query}")


def test_documents__as_a_table__have_a_row_each_and_the_columns_that_are_declared(client):
    rows = list(csv.reader(io.StringIO(got(client, "documents.csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == exports.CSV_COLUMNS
    assert [row[0] for row in rows[1:]] == [row["identifier"] for row in listed(client, "/api/v1/documents")]


@pytest.mark.parametrize("start", STARTS_A_FORMULA)
def test_table__whatever_the_title_begins_with__runs_no_formula(client, planted, start):
    edition = Edition.objects.get(pk=planted.current.pk)
    edition.title = edition.metadata["summary"] = f"{start}cmd|' /C calc'!A0"
    row = exports.cells(edition)
    (line,) = list(exports.csv_lines(exports.CSV_COLUMNS, [row]))[1:]
    (cells,) = csv.reader(io.StringIO(line, newline=""))
    assert not [cell for cell in cells if cell.startswith(STARTS_A_FORMULA)]
    assert f"'{start}cmd" in line


@pytest.mark.parametrize("export", [each for each in EXPORTS if each.row], ids=lambda each: each.name)
def test_line__of_json__has_its_declared_shape(client, planted, export):
    lines = got(client, export.name).splitlines()
    assert lines
    for line in lines:
        jsonschema.validate(json.loads(line), shape_of(export.row.__name__), jsonschema.Draft202012Validator)


def test_passages__are_those_of_the_editions(client, planted):
    told = [json.loads(line) for line in got(client, "passages.jsonl").splitlines()]
    mine = [row for row in told if row["edition"] == planted.current.identifier]
    for row in mine:
        del row["edition"]
    assert mine == listed(client, f"/api/v1/editions/{planted.current.identifier}/passages")


def test_zip__unpacks_to_texts_whose_hashes_are_those_of_the_editions(client, planted):
    data = got(client, "editions.zip")
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    sums = archive.read("SHA256SUMS").decode()
    assert sums == got(client, "SHA256SUMS").decode()
    rows = [line.split("  ") for line in sums.splitlines()]
    assert len(rows) == selected(Edition.objects.all(), {}).count() == 2
    for digest, name in rows:
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        identifier = name.removeprefix("documents/").removesuffix(".json")
        assert Edition.objects.get(identifier=identifier).sha256 == digest
    assert {*archive.namelist()} == {*(name for _digest, name in rows), "metadata.jsonl", "SHA256SUMS"}
    assert archive.read("metadata.jsonl") == got(client, "editions.jsonl")
    assert data == got(client, "editions.zip")


@pytest.mark.parametrize("export", EXPORTS, ids=lambda each: each.name)
def test_door__of_a_file(client, export):
    address = f"{ALL}{export.name}"
    first = client.get(address)
    first.getvalue()
    assert first["Access-Control-Allow-Origin"] == "*"
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    head = client.head(address)
    assert (head.status_code, head["ETag"], head.getvalue()) == (200, first["ETag"], b"")
    assert client.post(address)["Allow"] == "GET, HEAD, OPTIONS"
    assert client.get(f"{address}?nosuch=1").status_code == 400


def test_files__are_drawn_piece_by_piece(planted):
    """No more than one edition is held at a time: the first piece comes before the last edition is read."""
    pieces = exports.editions_zip(selected(Edition.objects.all(), {}))
    assert b"documents/" in next(iter(pieces))
