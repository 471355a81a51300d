"""The public addresses of a document: what they answer, and that they never answer with a draft."""

import io
import json
import uuid
import zipfile
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.images import get_image_model

from core.http.site_urls import absolute
from editions import services
from editions.document.passages import passages
from formats.reading import read
from formats.writing import FORMS
from tests.bpf_pages.published import NOW, publish, revise
from tests.factories import OutcomePageFactory, text_block
from tests.workflow.moves import brought_to

pytestmark = pytest.mark.django_db


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def test_document__published__shows_its_text_with_the_anchors_of_its_passages(client):
    edition = publish()
    page = soup(client.get(edition.address))
    for passage in edition.passages.all():
        assert page.find(id=passage.anchor) is not None, passage.anchor
    assert "The lamp rooms of 2099 are fictitious." in page.find(id="p1").text
    assert page.find("a", class_="passage-number", href="#p1")


def test_document__never_published__is_unknown(client):
    page = OutcomePageFactory()
    year, forum = page.forum.year, page.forum.slug
    assert client.get(f"/library/{year}/{forum}/{page.slug}/").status_code == 404


def test_document__with_a_newer_draft__still_shows_the_edition(client):
    edition = publish()
    revise(edition.page.specific, text_block("<p>secretword of the draft</p>"))
    assert b"secretword" not in client.get(edition.address).content


def test_document__with_two_editions__shows_the_newest_and_links_the_former(client):
    first = publish()
    second = publish(revise(first.page.specific, text_block("<p>Newer words.</p>")))
    page = soup(client.get(first.address))
    assert "Newer words." in page.text
    assert page.find("link", rel="canonical")["href"].endswith(second.address)
    assert page.find("link", rel="predecessor-version")["href"].endswith(first.permanent_address)
    assert page.find("a", href=f"{first.address}compare/1/2/")


def test_edition__a_superseded_draft__does_not_say_that_it_will_change(client):
    first = publish(stage="comment")
    assert "It will change" in client.get(first.permanent_address).content.decode()
    publish(revise(first.page.specific, text_block("<p>Second</p>")), stage="comment")
    page = client.get(first.permanent_address).content.decode()
    assert "It will change" not in page
    assert "a later edition took its place" in page
    (notice,) = BeautifulSoup(page, "html.parser").select(".edition-head .notice-warning")
    assert {"Superseded.", "Draft."} == {mark.text for mark in notice.select("strong")}, "one notice says both"


def test_edition__superseded__says_so_in_words_and_links_the_newest(client):
    first = publish()
    publish(revise(first.page.specific, text_block("<p>Newer words.</p>")))
    page = soup(client.get(first.permanent_address))
    banner = page.find("strong", string="Superseded.").find_parent("div")
    assert banner.find("a", href=first.address)
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert page.find("link", rel="canonical")["href"].endswith(first.permanent_address)
    assert page.find("a", string="Cite the current edition instead")


def test_document__fictitious__says_so(client):
    page = soup(client.get(publish().address))
    assert page.find("strong", string="Fictitious.")


@pytest.mark.parametrize(("stage", "said"), [("comment", True), ("incorporating", True), ("final", False)])
def test_document__at_a_stage__says_whether_it_is_a_draft(client, stage, said):
    page = soup(client.get(publish(stage=stage).address))
    assert (page.find("strong", string="Draft.") is not None) is said


def test_edition__withdrawn__is_gone_with_its_reason_and_its_text_is_not_shown(client):
    edition = publish()
    services.withdraw(edition.series, "Published by mistake.", NOW)
    files = [f"{edition.permanent_address}document.{ending}" for ending in ("json", *FORMS)]
    for address in (edition.address, edition.permanent_address, *files):
        response = client.get(address)
        assert response.status_code == 410
        assert b"Published by mistake." in response.content
        assert b"lamp rooms" not in response.content


def test_edition__withdrawn_alone__points_to_the_one_that_is_public(client):
    first = publish()
    second = publish(revise(first.page.specific, text_block("<p>Newer words.</p>")))
    services.withdraw_edition(second, "Wrong file.", NOW)
    gone = client.get(second.permanent_address)
    assert gone.status_code == 410
    assert soup(gone).find("a", href=first.address)
    assert client.get(first.address).status_code == 200


def test_edition_json__is_the_frozen_document_with_an_etag_of_its_hash(client):
    edition = publish()
    response = client.get(f"{edition.permanent_address}document.json")
    body = json.loads(response.content)
    assert body["document"] == edition.document
    assert body["sha256"] == edition.sha256
    again = client.get(f"{edition.permanent_address}document.json", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("ending", ["docx", "md", "txt"])
def test_a_form_of_an_edition__is_a_file_with_its_words_and_its_page(client, ending):
    edition = publish(body=[text_block("<p>Lamp rooms stay open.</p>"), {"type": "practice", "value": {"title": "T"}}])
    response = client.get(f"{edition.permanent_address}document.{ending}")
    draft, ledger = read(f"a.{ending}", response.content)
    assert "Lamp rooms stay open." in str(draft.document.blocks)
    assert edition.title in str(draft.document)
    assert "Practice" in str(draft.document.blocks)
    assert ledger.unaccounted == ()
    assert response["Content-Disposition"] == f'attachment; filename="{edition.identifier}.{ending}"'
    assert f'<{absolute(edition.permanent_address)}>; rel="collection"; type="text/html"' in response["Link"]
    again = client.get(f"{edition.permanent_address}document.{ending}", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    services.set_doi(edition.identifier, "10.1234/lamps", NOW + timedelta(days=1))
    named = client.get(f"{edition.permanent_address}document.{ending}", headers={"if-none-match": response["ETag"]})
    assert named.status_code == 200
    assert named["ETag"] != response["ETag"]


@pytest.mark.parametrize("ending", ["docx", "epub"])
def test_a_form_of_an_edition__holds_a_large_picture(client, ending):
    file = io.BytesIO()
    Image.effect_noise((500, 400), 90).save(file, "PNG")
    image = get_image_model().objects.create(title="Lamp", file=ImageFile(file, name="lamp.png"))
    edition = publish(body=[{"type": "figure", "value": {"image": image.pk, "alt": "A lamp.", "caption": ""}}])
    content = client.get(f"{edition.permanent_address}document.{ending}").content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        pictures = [packed.read(name) for name in packed.namelist() if name.endswith(".png")]
    assert [Image.open(io.BytesIO(picture)).size for picture in pictures] == [(500, 400)]
    assert len(pictures[0]) > 100_000


@pytest.mark.parametrize("ending", ["epub", "akn.xml"])
def test_a_form_that_only_others_read__holds_words_numbers_cover_and_typed_blocks(client, ending):
    edition = publish(body=[text_block("<p>Lamp rooms stay open.</p>"), {"type": "practice", "value": {"title": "T"}}])
    response = client.get(f"{edition.permanent_address}document.{ending}")
    content = response.content
    if ending == "epub":
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            content = b"".join(map(file.read, file.namelist()))
    for said in (
        "Lamp rooms stay open.",
        'd="p1"',
        "Practice",
        edition.identifier,
        absolute(edition.permanent_address),
    ):
        assert said in content.decode()
    assert response["Content-Type"] == FORMS[ending].content_type
    assert response["Content-Disposition"] == f'attachment; filename="{edition.identifier}.{ending}"'


def test_forms_of_an_edition__asked_for_too_often__say_when_to_come_back(client, settings):
    settings.EDITION_FILES_A_MINUTE = 1
    address = f"{publish().permanent_address}document.txt"
    assert [client.get(address).status_code for _ in range(2)] == [200, 429]


def test_page_of_an_edition__links_to_its_forms(client):
    edition = publish()
    page = soup(client.get(edition.permanent_address))
    for ending in FORMS:
        assert page.find("a", href=f"{edition.permanent_address}document.{ending}")


def test_document__unchanged__answers_304(client):
    address = publish().address
    assert client.get(address, headers={"if-none-match": client.get(address)["ETag"]}).status_code == 304


def test_document__sets_no_cookie(client):
    assert not client.get(publish().address).cookies


def test_history__lists_withdrawn_editions_too(client):
    first = publish(label="Draft I")
    second = publish(revise(first.page.specific, text_block("<p>Newer words.</p>")))
    services.withdraw_edition(second, "Wrong file.", NOW)
    text = soup(client.get(f"{first.address}history/")).text
    assert first.identifier in text
    assert second.identifier in text
    assert "Draft I" in text


def test_compare__marks_the_words_that_went_and_came(client):
    before = text_block("<p>The lamp of the harbour master is red at night.</p>")
    first = publish(body=[before])
    publish(revise(first.page.specific, before | {"value": before["value"].replace("red", "green")}))
    page = soup(client.get(f"{first.address}compare/1/2/"))
    assert page.find("del", string="red")
    assert page.find("ins", string="green")


def test_compare__reads_like_the_document__what_is_the_same_is_folded_and_old_anchors_lead_to_their_paragraph(client):
    table = {
        "type": "table", "id": str(uuid.uuid4()),
        "value": {"caption": "", "row_heads": True, "table": {
            "columns": [{"type": "text", "heading": name} for name in ("Village", "Hours")],
            "rows": [{"values": ["<p>Saltholm</p>", f"<p>{hours}</p>"]} for hours in ("6",)], "caption": "",
        }},
    }  # fmt: skip
    same = text_block("<h2>Storms</h2><p>Nothing happens in this paragraph.</p><h2>Lamps</h2>")
    lamp = text_block("<p>The old lamp of the harbour burns all night long.</p>")
    gone = text_block("<p>Candles are forbidden everywhere on the island.</p>")
    page = OutcomePageFactory(body=json.dumps([same, gone, lamp, table]))
    first = publish(page)
    now = json.loads(json.dumps([same, lamp, table]))
    now[1]["value"] = now[1]["value"].replace("old", "new")
    now[2]["value"]["table"]["rows"][0]["values"][1] = "<p>9</p>"
    page.body = json.dumps(now)
    page.save_revision()
    publish(page)
    text = soup(client.get(f"{first.address}compare/1/2/")).find("div", class_="comparison")
    (folded,) = text.select("details.unchanged")
    assert folded.summary.text == "2 unchanged paragraphs"
    assert folded.h2.text == "Storms"
    assert text.select_one(":scope > h2").text == "Lamps"  # a heading stays in sight over what changed below it
    (row,) = text.select(".pair-new tbody tr")
    assert [cell.get_text() for cell in row.select("th, td:not(.row-number)")] == ["Saltholm", "69"]
    assert (row.find("del").text, row.find("ins").text) == ("6", "9")
    older, newer = text.select(".pair-changed")[0].select(".pair-old, .pair-new")
    assert (older.p.text, newer.p.text) == (
        "The old lamp of the harbour burns all night long.", "The oldnew lamp of the harbour burns all night long.",
    )  # fmt: skip
    assert older.a["href"] == f"{first.permanent_address}#p3"
    assert not older.select("[id]")
    assert text.find(id="a-p3").find_parent(class_="passage")["id"] == "p2"
    assert text.find(id="a-p2").find_parent(class_="pair-removed")


def test_compare__asked_for_changes_only__leaves_out_the_rest(client):
    same, before = text_block("<p>Nothing happens here.</p>"), text_block("<p>The old lamp of the harbour burns.</p>")
    first = publish(body=[same, before])
    publish(revise(first.page.specific, same, before | {"value": before["value"].replace("old", "new")}))
    address = f"{first.address}compare/1/2/"
    assert "Nothing happens here." in client.get(address).content.decode()
    assert "Nothing happens here." not in client.get(f"{address}?show=changes").content.decode()


def test_history__of_three_editions__lets_a_reader_compare_any_two_without_a_script(client):
    first = publish()
    for words in ("<p>Second words.</p>", "<p>Third words.</p>"):
        publish(revise(first.page.specific, text_block(words)))
    form = soup(client.get(f"{first.address}history/")).find("form", class_="choose-editions")
    assert [option["value"] for option in form.find("select", attrs={"name": "a"}).find_all("option")] == [
        "3",
        "2",
        "1",
    ]
    for a, b in ((1, 3), (3, 1)):
        answer = client.get(form["action"], {"a": a, "b": b})
        assert answer["Location"] == f"{first.address}compare/1/3/"
    assert "Third words." in client.get(f"{first.address}compare/1/3/").content.decode()


def test_history__of_a_superseded_edition__tells_the_stage_in_which_it_was_published(client, people):
    edition = brought_to("final", people).current_edition
    badges = soup(client.get(f"{edition.address}history/")).find("ol", class_="steps").find_all(class_="stage")
    first, last = badges[-1], badges[0]
    assert "stage-comment" in first["class"]
    assert (last.text, first.text) == ("Rough-consensus outcome", "Public comment")


def test_history__of_one_edition__offers_nothing_to_compare(client):
    assert soup(client.get(f"{publish().address}history/")).find("form", class_="choose-editions") is None


@pytest.mark.parametrize("query", ["?a=1&b=1", "?a=1&b=9", "?a=x&b=2", "?a=1&b=99999999999999999999", "?a=%00&b=1"])
def test_choice__of_editions_that_are_no_pair__shows_the_history_and_says_what_to_do(client, query):
    first = publish()
    publish(revise(first.page.specific, text_block("<p>x</p>")))
    answer = client.get(f"{first.address}compare/{query}")
    assert answer.status_code == 400
    assert soup(answer).find(role="alert").get_text() == "Choose two different public editions."


def test_compare__the_wrong_way_round__is_turned(client):
    first = publish()
    publish(revise(first.page.specific, text_block("<p>x</p>")))
    response = client.get(f"{first.address}compare/2/1/")
    assert response.status_code == 301
    assert response["Location"] == f"{first.address}compare/1/2/"


@pytest.mark.parametrize("numbers", ["1/1", "1/9", "8/9"])
def test_compare__of_editions_that_are_not_there__is_unknown(client, numbers):
    assert client.get(f"{publish().address}compare/{numbers}/").status_code == 404


@pytest.mark.parametrize("spelling", ["{0}", "{0}-E1", "{0}-e1", "bpf {0} E 1", "{1}E1"])
def test_identifier__in_any_spelling__leads_to_the_document(client, spelling):
    edition = publish()
    text = spelling.format(edition.series.removeprefix("BPF-") if "bpf" in spelling else edition.series,
                           edition.series.replace("-", "").lower())  # fmt: skip
    response = client.get(f"/id/{text}")
    assert response.status_code == 302
    assert response["Location"] in (edition.address, edition.permanent_address)


@pytest.mark.parametrize("text", ["x", "BPF-1999-NONE", "%00", "a" * 500, "BPF-2099-%E2%80%8F"])
def test_identifier__unknown__is_a_page_with_a_way_to_search(client, text):
    response = client.get(f"/id/{text}")
    assert response.status_code == 404
    assert b"/search/" in response.content


def test_document__with_hostile_text_everywhere__draws_it_as_text(client):
    hostile = '<script>alert("x")</script>'
    edition = publish(
        title=hostile,
        summary=hostile,
        sources=hostile,
        former_titles=hostile,
        body=[{"type": "finding", "value": {"title": hostile, "body": []}}, text_block(f"<p>a</p>{hostile}")],
    )
    page = soup(client.get(edition.address))
    inline = [script for script in page.find_all("script") if not script.get("src")]
    assert [script["type"] for script in inline] == ["application/ld+json"]  # data, which no browser runs
    assert json.loads(inline[0].text)["name"] == hostile
    assert page.h1.text == hostile
    for address in (f"{edition.address}history/", f"/library/2099/{edition.forum_slug}/"):
        assert b"<script>alert" not in client.get(address).content


def test_right_to_left_document__says_its_language_and_direction(client):
    edition = publish(language="ar", title="منتدى", body=[text_block('<p>نص <span lang="en">English</span></p>')])
    page = soup(client.get(edition.address))
    text = page.find(class_="neutral")
    assert (text["lang"], text["dir"]) == ("ar", "rtl")
    assert page.find("span", lang="en")["dir"] == "ltr"
    assert page.html["dir"] == "ltr"


def test_footnote__has_a_mark_that_leads_to_it_and_a_way_back(client):
    edition = publish(body=[text_block('<p data-block-key="k">Text<span data-footnote="">a source</span>.</p>')])
    page = soup(client.get(edition.address))
    mark = page.find(class_="note-mark").a
    note = page.find(id=mark["href"][1:])
    assert "a source" in note.text
    assert note.find("a", class_="note-back")["href"] == "#p1"


def test_drawing__walks_as_the_passages_do(client):
    table = {"columns": [{"type": "text", "heading": "H"}], "rows": [{"values": ["<p>cell</p>"]}], "caption": ""}
    edition = publish(
        body=[
            text_block("<h2>One</h2><ul><li>a<ol><li>b</li></ol></li></ul>"),
            {"type": "table", "value": {"caption": "<p>Cap</p>", "table": table, "row_heads": True}},
            {
                "type": "practice",
                "value": {"title": "T", "what": "<p>w</p>", "body": [text_block("<h3>In</h3><p>p</p>")]},
            },
            {"type": "quote", "value": {"text": "<p>said</p>", "attribution": "who"}},
        ]
    )
    page = soup(client.get(edition.address))
    for passage in passages(edition.content):
        found = page.find(id=passage.anchor)
        for word in passage.text.replace(" | ", " ").replace(" — ", " ").split():
            assert word in found.text
