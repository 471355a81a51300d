"""The privacy page says of every table with personal data what is kept, why and how long."""

import pytest

from bpf_pages.models.standard import StandardPage
from bpf_pages.tree.fixed_pages import ensure_tree
from consultation.vocabulary import Moderation
from core.personal_data import holdings

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    home = ensure_tree().home
    home.add_child(instance=StandardPage(title="Privacy", slug="privacy"))
    home.add_child(instance=StandardPage(title="About", slug="about"))
    return lambda address, **more: client.get(address, **more).content.decode()


def test_privacy_page__says_all_that_is_declared(page, settings):
    settings.EMAIL_DAYS, settings.PRIVACY_CONTACT = 123, "data@library.example"
    text = page("/privacy/")
    for holding in (each for each in holdings() if each.what):
        assert str(holding.what) in text
        assert holding.term in text
    assert "The address: 123 days after the answer" in text
    assert 'href="mailto:data@library.example"' in text


def test_what_waits_for_a_mail_to_be_confirmed__is_said_with_its_days(page, settings):
    """Declarations and challenges that nobody confirmed went after days that the page did not name."""
    settings.UNCONFIRMED_DAYS = 17
    waiting = [each for each in holdings() if awaits(each.table)]
    assert {each.model for each in waiting} == {f"consultation.{name}" for name in ("Comment", "Adoption", "Challenge")}
    text = page("/privacy/")
    for holding in waiting:
        assert "17 days" in holding.term
        assert holding.term in text


def awaits(table) -> bool:
    fields = {field.name: field for field in table._meta.get_fields()}
    choices = getattr(fields.get("moderation"), "choices", None) or ()
    return Moderation.UNCONFIRMED in dict(choices)


def test_privacy_page__without_a_contact__still_says_whom_to_ask(page):
    assert "Ask the people who run this copy of the library." in page("/privacy/")


def test_privacy_page__speaks_the_language_of_its_reader(page):
    assert "L’adresse\N{NO-BREAK SPACE}: 365 jours" in page("/privacy/", headers={"accept-language": "fr"})


def test_another_page__says_nothing_of_it(page):
    assert "What is kept" not in page("/about/")
