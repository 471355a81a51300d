"""A translation: begun from an edition, published by the Secretariat, read beside its original, brought up to date."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from api.citations.bibliography_writers import datacite
from api.citations.citable import work_of
from api.citations.page_metadata import report
from bpf_pages.listings.documents import current_editions
from bpf_pages.models.outcome import OutcomePage, OutcomePerson
from bpf_pages.translating.services import begin, renew
from editions.models import Edition, Relation
from editions.translations import told_in
from tests.bpf_pages.published import publish, revise
from tests.factories import OutcomePageFactory, ThemePageFactory
from workflow.states import TRANSITIONS
from workflow.transitions.models import Process
from workflow.transitions.services import Refused, blockers, perform, process_of

pytestmark = pytest.mark.django_db

ONE = ("text", '<h2 data-block-key="h">Lamps</h2><p data-block-key="a">Lamps burn on every coast of the sea.</p>')
TWO = ("text", '<p data-block-key="b">Keepers write down how much oil they use.</p>')


def identified(*blocks):
    names = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222")
    return [{"type": kind, "value": value, "id": name} for (kind, value), name in zip(blocks, names, strict=False)]


def write(page, *blocks, title="", user=None):
    """Another text for a draft, as an editor saves it."""
    draft = page.get_latest_revision_as_object()
    draft.body = OutcomePage._meta.get_field("body").to_python(json.dumps(identified(*blocks)))
    draft.title = title or draft.title
    draft.save_revision(user=user)
    return OutcomePage.objects.get(pk=page.pk)


FRENCH = (
    ("text", '<h2 data-block-key="h">Lampes</h2><p data-block-key="a">Des lampes sur toutes les côtes.</p>'),
    ("text", '<p data-block-key="b">Les gardiens notent leur huile.</p>'),
)


@pytest.fixture
def original(people):
    page = OutcomePageFactory(parent=people.forum, slug="outcome", title="Lamps", body=[], summary="On lamps.")
    page = write(page, ONE, TWO)
    draft = page.get_latest_revision_as_object()
    draft.people.add(OutcomePerson(name="Ficta Keeper", role="Lead expert"))
    draft.save_revision()
    return publish(OutcomePage.objects.get(pk=page.pk))


def begun(original, people, language="fr"):
    page = original.page.specific
    made = begin(page, original, language, user=people["facilitator"])
    assert [row.name for row in made.people.all()] == ["Ficta Keeper"]
    return made


def published(original, people, language="fr", blocks=FRENCH, title="Les lampes"):
    page = write(begun(original, people, language), *blocks, title=title)
    process = process_of(page)
    data = page.get_latest_revision_as_object().answers()
    perform(process, "record", people["secretariat"], data=data)
    return Edition.objects.get(series=process.series, number=1)


def test_a_translation__is_named_after_its_original_and_keeps_the_keys_of_its_paragraphs(original, people) -> None:
    edition = published(original, people)
    assert edition.series == f"{original.series}-FR"
    assert edition.address == f"/library/2099/{people.forum.slug}/outcome-fr/"
    assert edition.metadata["translation_of"] == original.identifier
    assert edition.metadata["kind"] == "translation"
    assert list(edition.passages.values_list("key", flat=True)) == list(original.passages.values_list("key", flat=True))
    relation = Relation.objects.get(kind="translates")
    assert (relation.source, relation.target) == (edition.identifier, original.identifier)
    assert edition not in current_editions()
    assert original in current_editions()


def test_the_pages__of_original_and_translation__lead_to_each_other_and_say_which_is_authoritative(
    original, people, client
) -> None:
    edition = published(original, people)
    page = client.get(original.address)
    switch = BeautifulSoup(page.text, "html.parser").select_one("nav.other-languages")
    (link,) = switch.select("a")
    assert (link["href"], link["hreflang"], link["lang"], link.text) == (edition.address, "fr", "fr", "Français")
    page = client.get(edition.address)
    soup = BeautifulSoup(page.text, "html.parser")
    said = " ".join(soup.select_one(".notice:not(.notice-fictitious)").text.split())
    assert "This is a translation of edition 1 in English, which is authoritative." in said
    assert "newer edition" not in said
    assert soup.select_one("nav.other-languages a")["href"] == original.address
    assert "adopted elsewhere" not in page.text
    beside = BeautifulSoup(client.get(f"{edition.permanent_address}side-by-side/").text, "html.parser")
    rows = [[side.select("span, strong")[-1].text for side in row.select(".side")] for row in beside.select(".pair")]
    assert rows[1] == ["Lamps burn on every coast of the sea.", "Des lampes sur toutes les côtes."]
    assert [side["lang"] for side in beside.select(".pair")[1].select(".side")] == ["en", "fr"]
    assert client.get(f"{original.permanent_address}side-by-side/").status_code == 404


def test_records_of_both__name_each_other_in_the_words_of_their_schemas(original, people) -> None:
    edition = published(original, people)
    ours, theirs = work_of(edition), work_of(original)
    assert report(ours)["translationOfWork"]["reportNumber"] == original.identifier
    assert report(theirs)["workTranslation"][0]["inLanguage"] == "fr"
    relations = [
        {row["relationType"]: row["relatedIdentifier"] for row in datacite(work)["relatedIdentifiers"]}
        for work in (ours, theirs)
    ]
    assert relations[0]["IsTranslationOf"] == theirs.address
    assert relations[1]["HasTranslation"] == ours.address
    assert f"Translation of {original.identifier}, which is authoritative" in ours.note
    assert ours.issued == edition.published_at.date().isoformat()


def test_a_newer_edition_of_the_original__is_said_on_the_translation_and_brought_into_its_draft(
    original, people, client
) -> None:
    edition = published(original, people)
    changed = ("text", '<p data-block-key="b">Keepers write down how much oil they buy.</p>'
               '<p data-block-key="c">Nobody counts the wicks of the lamps.</p>')  # fmt: skip
    publish(write(original.page.specific, ONE, changed))
    soup = BeautifulSoup(client.get(edition.address).text, "html.parser")
    assert "the original has a newer edition, 2" in " ".join(
        soup.select_one(".notice:not(.notice-fictitious)").text.split()
    )
    newest = Edition.objects.get(series=original.series, number=2)
    assert BeautifulSoup(client.get(newest.address).text, "html.parser").select_one("nav.other-languages a")
    perform(Process.objects.get(series=edition.series), "revise", people["facilitator"])
    client.force_login(people["facilitator"])
    address = reverse("bpf_pages_translating:bring_up_to_date", args=[edition.page_id])
    answer = client.post(address)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[edition.page_id])
    draft = OutcomePage.objects.get(pk=edition.page_id).get_latest_revision_as_object()
    texts = [block.value.source for block in draft.body]
    assert texts[0] == FRENCH[0][1]
    assert "how much oil they buy" in texts[1]
    assert "Les gardiens notent leur huile." in texts[1]
    assert "Nobody counts the wicks" in texts[1]
    assert draft.translates == newest.identifier
    codes = {
        item.code for item in blockers(process_of(draft), TRANSITIONS["record"], people["secretariat"], draft.answers())
    }
    assert codes == {"text_complete"}  # a former translation still stands beside its new original
    assert client.post(address).url == reverse("bpf_pages_translating:translations", args=[edition.page_id])


def test_a_translation__is_not_opened_for_comment__and_its_original_not_withdrawn_before_it(original, people) -> None:
    page = begun(original, people)
    codes = {item.code for item in blockers(process_of(page), TRANSITIONS["open_comment"], people["facilitator"], {})}
    assert "original_is_discussed" in codes
    perform(process_of(write(page, *FRENCH)), "record", people["secretariat"], data=page.answers())
    own = Process.objects.get(series=original.series)
    Process.objects.filter(pk=own.pk).update(state="final")
    with pytest.raises(Refused) as refusal:
        perform(own, "withdraw", people["secretariat"], reason="A fictitious error.")
    assert refusal.value.codes == {"translations_withdrawn"}


def test_the_mover__is_told_which_paragraphs_still_have_the_words_of_the_original(original, people) -> None:
    from workflow.transitions.services import told_before

    page = begun(original, people)
    told = [item for item in told_before(process_of(page), TRANSITIONS["record"], people["secretariat"])
            if item.code == "translation_corresponds"]  # fmt: skip
    assert [item.message for item in told] == ["Paragraphs that still have the words of the original: 2, such as ¶ 1."]
    assert told[0].mend.startswith("/admin/")


def test_the_admin_page__begins_one_translation_a_language(original, people, client) -> None:
    page = original.page.specific
    address = reverse("bpf_pages_translating:translations", args=[page.pk])
    client.force_login(people["lead_expert"])
    assert original.identifier in client.get(address).text
    answer = client.post(address, {"language": "ar", "edition": "1"})
    made = OutcomePage.objects.get(slug="outcome-ar")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert client.post(address, {"language": "ar", "edition": "1"}).status_code == 422
    with pytest.raises(ValidationError):
        begin(page, original, "ar", user=people["facilitator"])
    assert "is a translation of" in client.get(reverse("bpf_pages_translating:translations", args=[made.pk])).text
    client.force_login(people["other_facilitator"])
    assert client.get(address).status_code in {302, 403}


def test_a_text_that_is_not_kept_any_more__is_said_and_begins_nothing(original, people) -> None:
    page = revise(original.page.specific, ("text", "<p>Quite another text.</p>"))
    page.revisions.exclude(pk=page.latest_revision_id).delete()
    with pytest.raises(ValidationError, match="not kept any more"):
        begin(OutcomePage.objects.get(pk=page.pk), original, "es", user=people["facilitator"])
    assert not OutcomePage.objects.exclude(translates="").exists()


def test_bringing_up_to_date__of_a_draft_that_translates_nothing_new__is_said(original, people) -> None:
    made = begun(original, people)
    assert renew(made, original, user=people["facilitator"], at=timezone.now()) == 0


def test_lists__show_a_document_by_its_translation_into_the_readers_language(original, people, client) -> None:
    edition = published(original, people)
    theme = ThemePageFactory(slug="keepers")
    people.forum.themes.add(theme)
    people.forum.save()
    for place in (people.forum.url, "/", theme.url):
        english, french = (BeautifulSoup(client.get(f"{before}{place}").text, "html.parser") for before in ("", "/fr"))
        assert english.main.find("a", href=original.address), place
        assert not english.main.find("a", href=edition.address), place
        link = french.main.find("a", href=f"/fr{edition.address}")
        assert link is not None, place
        assert " ".join(link.text.split()) == edition.title
        assert (link.get("lang") or link.find("bdi")["lang"]) == "fr"
        assert not french.main.find("a", href=f"/fr{original.address}"), place
    card = BeautifulSoup(client.get(f"/fr{people.forum.url}").text, "html.parser").select_one("li.card")
    assert original.identifier in card.text, "what it translates stays in reach"
    assert client.get(f"/es{people.forum.url}").text.count(f"/es{original.address}") > 0, "none in Spanish"


def test_lists__ask_for_translations_once__whatever_they_hold(original, people) -> None:
    edition = published(original, people)
    with CaptureQueriesContext(connection) as seen:
        assert told_in("fr", [original, original]) == {original.series: edition}
        assert told_in("en", [original]) == {}
        assert told_in("es", [original]) == {}
    assert len(seen) == 2, "none where all is in the language"
