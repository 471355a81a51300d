"""Names and titles that people of the desk type: one line, whosever form it is. They land in mails and feeds."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.urls import reverse
from lxml import html

from bpf_pages.models.forum import ForumPerson
from bpf_pages.models.outcome import OutcomePage
from bpf_pages.models.standard import StandardPage
from bpf_pages.models.theme import ThemePage
from consultation.adoptions.models import Adoption
from core.form_fields import LineField
from gate.forms.form_tokens import new_form_token
from tests.consultation.stories import begun
from tests.factories import ProcessFactory
from tests.gate.test_public_forms import FORMS, filled

HOSTILE = "Ada\r\nBcc: bo@example.org\u2028\u202eSVG\u2066\x0b\x85 <b>"
TIDY = "Ada Bcc: bo@example.org SVG <b>"
ROOMS = ("accounts", "mail", "gate", "workflow", "consultation", "search", "pdf", "api", "bpf_pages", "site/bpf_site")
NO_NAMES = {
    "code", "slug", "sha256", "target", "language", "time_zone", "user",  # judged by a rule of their own
    "editor_tab", "seen", "key", "form_token", "leave_this_empty_7", "username", "password",  # never shown
}  # fmt: skip


def forms_of_ours() -> Iterator[type[forms.BaseForm]]:
    for room in ROOMS:
        top = Path(settings.ROOT / room)
        for file in top.rglob("*.py"):
            if "forms" in file.name or "views" in file.name:
                importlib.import_module(".".join(file.relative_to(top.parent).with_suffix("").parts))
    waiting = [forms.BaseForm]
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        if found.__module__.partition(".")[0] in {Path(room).name for room in ROOMS}:
            yield found


def test_every_line_that_a_form_of_ours_takes__is_one_line() -> None:
    lines = {
        (form.__name__, name): type(field)
        for form in forms_of_ours()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.TextInput) and isinstance(field, LineField | forms.CharField)
    }
    assert not [where for where, kind in lines.items() if kind is forms.CharField and where[1] not in NO_NAMES]
    assert LineField in lines.values()


@pytest.mark.django_db
def test_name_of_an_account__typed_into_the_page_of_ones_account__is_one_line(people: Any, client: Any) -> None:
    """A line end in it began a paragraph of every mail that named its person."""
    person = people["facilitator"]
    client.force_login(person)
    page = html.fromstring(client.get(reverse("wagtailadmin_account")).content.decode())
    typed = max((dict(form.form_values()) for form in page.forms), key=len)
    typed |= {"name_email-first_name": HOSTILE, "name_email-last_name": "\u202e"}
    assert client.post(reverse("wagtailadmin_account"), typed).status_code == 302
    person.refresh_from_db()
    assert (person.first_name, person.last_name) == (TIDY, "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "given"),
    [
        (OutcomePage, {"slug": "lamps", "title": HOSTILE}),
        (OutcomePage, {"slug": "lamps", "title": "Lamps", "subtitle": HOSTILE}),
        (ThemePage, {"slug": "lamps", "title": HOSTILE}),
        (StandardPage, {"slug": "lamps", "title": HOSTILE}),
        (ForumPerson, {"name": HOSTILE}),
        (ForumPerson, {"name": "Ada", "organisation": HOSTILE}),
    ],
)
def test_line_of_a_page__typed_into_its_editor__is_one_line(model: Any, given: dict[str, str]) -> None:
    row = model(**given)
    row.clean()
    assert getattr(row, list(given)[-1]) == TIDY


@pytest.mark.django_db
def test_title__that_came_by_no_form__is_one_line_in_its_edition(people: Any) -> None:
    page = ProcessFactory(forum=people.forum).page.specific
    page.title = page.subtitle = HOSTILE
    page.authors = f"{HOSTILE}\nBo\n\u202e"
    draft = page.to_draft()
    assert (draft.document.title, draft.document.subtitle) == (TIDY, TIDY)
    assert not [line for line in draft.metadata["authors"] if "\u202e" in line or not line]


@pytest.mark.django_db
def test_reason_for_the_end_of_a_declaration__is_one_line_of_the_register(people: Any, client: Any) -> None:
    """NUL in it was an error of the server on PostgreSQL."""
    adopted = begun(people)
    adopted.move("close_comment")
    adopted.move("present", session_date="2099-12-01", session_place="Room 1")
    adopted.move("adopt", grounds="Nobody objected.")
    typed = filled(FORMS["adoption"].form_class, "Ada", "ada@example.org") | {"form_token": new_form_token("adoption")}
    client.post(f"{adopted.address}adoptions/new/", typed)
    adoption = Adoption.objects.get()
    answer = client.post(reverse("consultation:revoke_adoption", args=[adoption.secret]), {"reason": f"{HOSTILE}\x00"})
    assert answer.status_code == 302
    adoption.refresh_from_db()
    assert adoption.revoked_reason == TIDY
