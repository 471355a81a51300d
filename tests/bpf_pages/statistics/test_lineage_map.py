"""Themes through the years: lanes by their first year, lines that go on, lines that meet and part."""

import pytest
from django.conf import settings

from bpf_pages.models.theme import ThemePage
from bpf_pages.statistics.lineage_map import ROOM, drawn, lineage_map
from consultation.reports.library_documents import Document
from editions.models import Relation, RelationKind
from tests.bpf_pages.published import publish
from tests.factories import ForumPageFactory, MeetingPageFactory, ThemePageFactory

NAMES = {"spam": "Spam", "csirt": "Teams", "ipv6": "Addresses", "cyber": "Security", "iot": "Things"}


def document(series, year, *themes):
    return Document(0, series, year, "final", themes)


WORK = [
    document("A", 2081, "spam"), document("B", 2081, "csirt"), document("C", 2081, "ipv6"),
    document("D", 2083, "cyber"), document("E", 2084, "cyber"), document("F", 2084, "iot"), document("G", 2084),
]  # fmt: skip
PAIRS = [("A", "D"), ("B", "D"), ("D", "E"), ("D", "F"), ("C", "G"), ("X", "E")]


def test_map__shows_where_lines_of_work_meet_and_part():
    made = drawn(WORK, NAMES, PAIRS)
    assert made.years == (2081, 2082, 2083, 2084)
    assert [lane.label.value for lane in made.lanes] == ["ipv6", "spam", "csirt", "cyber", "iot"]
    origins = {lane.label.value: [(year, label.value) for year, label in lane.origins] for lane in made.lanes}
    assert origins["cyber"] == [(2083, "csirt"), (2083, "spam")]
    assert origins["iot"] == [(2084, "cyber")]
    assert (made.taken_up("spam", "cyber"), made.taken_up("spam", "iot")) == (2083, 0)
    assert made.lines == "M25 37H35", "cyber goes on from its third year to its fourth"
    assert made.joins.count("C") == 3
    assert made.dots.count("M") == 6, "a document without a theme stands nowhere"


def test_map__of_one_theme__shows_what_it_met_and_marks_it():
    made = drawn(WORK, NAMES, PAIRS, "csirt")
    assert [(lane.label.value, lane.is_here) for lane in made.lanes] == [
        ("spam", False), ("csirt", True), ("cyber", False), ("iot", False),
    ]  # fmt: skip
    assert drawn(WORK, NAMES, PAIRS, "unknown").lanes == ()


def test_map__of_themes_that_lead_to_each_other__has_each_lane_once():
    there_and_back = [document("A", 2081, "spam"), document("B", 2082, "csirt"), document("C", 2083, "spam")]
    made = drawn(there_and_back, NAMES, [("A", "B"), ("B", "C")])
    assert sorted(lane.label.value for lane in made.lanes) == ["csirt", "spam"]


@pytest.mark.django_db
def test_pages__draw_what_the_relations_of_public_documents_say(client):
    editions = {}
    for slug, year in (("spam", 2097), ("cyber", 2098)):
        forum = ForumPageFactory(parent=MeetingPageFactory(year=year))
        theme = ThemePageFactory(slug=slug, title=slug.title())
        forum.themes.add(theme)
        forum.save()
        editions[slug] = publish(parent=forum)
    Relation.objects.create(
        kind=RelationKind.MERGED_INTO, source=editions["spam"].series, target=editions["cyber"].series
    )
    assert lineage_map().joins == "M5 7C10 7 10 17 15 17"
    spam = ThemePage.objects.get(slug="spam")
    spam.merged_into = theme
    spam.save()
    for address in (theme.get_parent().url, theme.url):
        page = client.get(address).content.decode()
        assert 'd="M5 7C10 7 10 17 15 17"' in page, address
        assert "2098<br>" in page, "the table says it in words"
    for address in (spam.get_parent().url, spam.url, theme.url):
        assert ", in 2098" in client.get(address).content.decode(), "when one theme merged into the other"


def test_map__gives_the_name_of_a_lane_room_beside_the_lines_that_pass_it():
    many = tuple(document(f"S{year}", year, "spam") for year in range(2081, 2091))
    early = drawn([*many, document("B", 2081, "csirt"), document("D", 2082, "cyber")], NAMES, [("B", "D")])
    assert {lane.label.value: lane.room for lane in early.lanes} == {"spam": "", "csirt": "", "cyber": "after-15"}
    late = drawn([*many, document("B", 2088, "csirt"), document("D", 2089, "cyber")], NAMES, [("B", "D")])
    assert {lane.label.value: lane.room for lane in late.lanes} == {"spam": "", "csirt": "", "cyber": "before-75"}


def test_every_room_that_a_name_may_need__has_a_rule_in_the_style_sheet():
    rules = (settings.ROOT / "site" / "static" / "css" / "pages" / "lineage-map.css").read_text("utf-8")
    for hundredths in range(ROOM, 100, ROOM):
        assert f".lineage-before-{hundredths} " in rules
        assert hundredths > 50 or f".lineage-after-{hundredths} " in rules
