"""On a phone without JavaScript: from a paragraph of the final text to the fate of every comment on it in one tap."""

import pytest
from django.utils import timezone

from consultation.answers.services import Answer, publish_set, write_answers
from tests.browser.chromium import chromium
from tests.consultation.stories import begun
from tests.consultation.test_queries import many_comments
from tests.people import make_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}
REPORT_PX = 8000


def adopted():
    """Comments on paragraphs 1 to 5 of edition 1, two accepted into edition 2, the rest noted; edition 3 is final."""
    consultation = begun(make_people())
    consultation.published("Say whose age is meant.", on=(2,))
    consultation.published("And whose size.", on=(2,))
    many_comments(consultation, 58)
    consultation.rewrite("whatever its size or age.", "whatever the size or age of the network.")
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    taken = [Answer(number, "accepted", "Said now.", addressed_in=2) for number in (1, 2)]
    noted = [Answer(number, "noted", "Thank you.") for number in range(3, 61)]
    write_answers(consultation.process, taken + noted, None, timezone.now())
    publish_set(consultation.process, timezone.now())
    consultation.move("adopt", grounds="Nobody objected.")
    return consultation


def test_final_paragraph__on_a_phone_without_script__tells_the_fate_of_all_its_comments_in_one_tap(
    live_server, monkeypatch
):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    consultation = adopted()
    with chromium() as browser:
        page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
        page.goto(live_server.url + consultation.address)
        story = page.locator("#p2 > details.story")
        assert not story.locator(".story-body").is_visible()
        story.locator("summary").click()
        told = story.locator(".story-body").inner_text()
        for number in [1, 2, *range(4, 61, 5)]:
            assert f"#{number}" in told
        assert told.count("Accepted") >= 1
        assert "Asked for by #1" in told
        box = story.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        page.emulate_media(media="print")
        assert not page.locator("details.story").first.is_visible()
        assert not page.locator("a.button:visible").count()
        page.emulate_media(media="screen")
        page.goto(f"{live_server.url}{consultation.address}comments/report/")
        assert page.locator("html").bounding_box()["height"] < REPORT_PX
