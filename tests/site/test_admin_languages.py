"""The desk speaks one language: whatever it says of our own is marked for translation, and said in its person's."""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from django.utils.functional import Promise
from selectolax.lexbor import LexborHTMLParser, LexborNode
from wagtail import blocks
from wagtail.admin.menu import Menu, admin_menu, help_menu, reports_menu, settings_menu
from wagtail.log_actions import registry
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile

from bpf_pages.blocks.body import DocumentBody
from tests.consultation.stories import begun
from tests.site.foreign_text import SAID_BY_NOBODY, SCRIPTS
from tests.workflow.access.test_who_sees_what import ADMIN_ROUTES, ROOMS, _things, filled
from workflow.editor.link_labels import LABELS

OURS = ROOMS | {"accounts"}
LABELLED_IN_TEMPLATES = {"a", "b", "accept", "username", "password", "remember", "comment_notifications"}
"""Fields without a label: the page says it, or Wagtail does."""

PAGES = [
    "home", "workflow_admin:forum", "workflow_admin:people", "consultation_admin:dispositions",
    "bpf_pages_admin:imported", "bpf_site_admin:everything",  # these in Arabic too
    "edit", "second factors", "workflow_admin:forum_roles", "workflow_admin:queue", "workflow_admin:history",
    "workflow_admin:guided_path", "workflow_admin:move", "workflow_admin:attachments", "workflow_admin:clock",
    "consultation_admin:periods",
    "consultation_admin:consensus", "consultation_admin:queue", "bpf_pages_admin:catalogues",
    "bpf_pages_admin:import_document", "pdf_admin:printings", "search_report",
]  # fmt: skip
WAGTAILS_OWN = {"Actions", "Actions (footer)", "Search"}
"""What Wagtail says in the language of whoever asked first, or in English only. Not to grow."""
SAID_OF_FILES = re.compile(r"\b(JSON|CSV|XLSX|PDF|SHA-256|UTC|DOI|Wagtail)\b")


def labels(of: Any) -> Iterator[tuple[str, object]]:
    """Name and label, and name and help text, of each field of a form class."""
    for name, field in of.base_fields.items():
        if not field.widget.is_hidden and name not in LABELLED_IN_TEMPLATES:
            yield name, field.label
            yield name, field.help_text or Promise()


def form_classes(of: type) -> Iterator[type]:
    for each in of.__subclasses__():
        if each.__module__.partition(".")[0] in OURS:
            yield each
        yield from form_classes(each)


def test_form__labels_every_field_in_the_language_of_its_reader() -> None:
    for room in OURS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if found.name.rpartition(".")[2] in {"forms", "page_forms", "admin_views", "reports", "account_settings"}:
                importlib.import_module(found.name)
    ours = set(form_classes(forms.BaseForm))
    assert len(ours) > 40
    ours |= set(LABELS)  # of Wagtail, named by us
    unmarked = {
        f"{form.__module__}.{form.__name__}.{name}: {said}"
        for form in ours
        for name, said in labels(form)
        if not isinstance(said, Promise) and said != "#"
    }
    assert unmarked == set()


def test_page_and_snippet__name_what_editors_fill_in_in_their_language() -> None:
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    edited = [model for model in models if issubclass(model, Page) or model in get_snippet_models()]
    assert len(edited) > 8
    for model in edited:
        for name in (model._meta.verbose_name, model._meta.verbose_name_plural):
            assert isinstance(name, Promise), model
        for field in model._meta.local_fields:
            if field.editable and not field.primary_key and not field.is_relation:
                assert isinstance(field.verbose_name, Promise), (model, field.name)
                assert isinstance(field.help_text or Promise(), Promise), (model, field.name)


def inner(block: blocks.Block, path: str) -> Iterator[tuple[str, blocks.Block]]:
    """Each block in a block that has a name in the form: those of a list have none."""
    for name, child in getattr(block, "child_blocks", {}).items():
        yield f"{path}/{name}", child
        yield from inner(child, f"{path}/{name}")
    if isinstance(block, blocks.ListBlock):
        yield from inner(block.child_block, path)


def test_block_of_the_editor__has_its_label_and_its_help_in_the_language_of_its_reader() -> None:
    found = list(inner(DocumentBody(), "body"))
    assert len(found) > 50
    for path, block in found:
        assert isinstance(block.label, Promise), path
        assert isinstance(getattr(block.meta, "help_text", None) or Promise(), Promise), path


def test_what_is_registered_once_a_process__is_said_in_the_language_of_each_request() -> None:
    menus = (admin_menu, settings_menu, reports_menu, help_menu)
    entries = [entry for menu in menus for entry in menu.registered_menu_items if "wagtail" not in entry.name]
    assert len(entries) > 15
    assert [entry.name for entry in entries if not isinstance(entry.label, Promise)] == []
    assert [entry.name for entry in entries if not re.fullmatch(r"[a-z0-9-]+", entry.name)] == []
    labels = [label for name, label in registry.get_choices() if name.startswith("bpf.")]
    assert len(labels) > 10
    assert [label for label in labels if not isinstance(label, Promise)] == []


# --- pages --------------------------------------------------------------------------------------------------------


def said(html: str, language: str) -> Iterator[str]:
    """What a page says in its own language: texts, the title, and what people hear of pictures and fields."""
    tree = LexborHTMLParser(html)
    assert tree.root is not None
    assert tree.body is not None
    assert tree.root.attributes.get("lang") == language
    for title in tree.css("title"):
        yield title.text()
    yield from _below(tree.body, language, language)


def _below(node: LexborNode, here: str, language: str) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            if here == language:
                yield " ".join(child.text(deep=False).split())
        elif child.tag not in SAID_BY_NOBODY and not (
            child.tag == "select" and "zone" in (child.attributes["name"] or "")
        ):
            inside = child.attributes.get("lang", "" if child.tag == "bdi" else here) or ""
            if inside == language:
                yield from (child.attributes.get(name) or "" for name in ("title", "aria-label", "placeholder", "alt"))
            yield from _below(child, inside, language)


def kept() -> list[str]:
    """Every text of the tables, the longest first: what people wrote stays in their language."""
    found: set[str] = set()
    for model in apps.get_models():
        fields = [f.attname for f in model._meta.concrete_fields if isinstance(f, CharField | TextField | JSONField)]
        if fields:
            for row in model._base_manager.values_list(*fields):
                found.update(_strings(list(row)))
    return sorted((text for text in found if len(text) > 2), key=len, reverse=True)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def in_english(text: str, language: str, written: list[str]) -> bool:
    """Whether a text of the page holds no word of its language and a Latin one that nobody wrote."""
    if re.search(f"[{SCRIPTS[{'ru': 'cyrillic', 'ar': 'arabic'}[language]]}]", text):
        return False
    rest = SAID_OF_FILES.sub("", re.sub(r"<[^>]*>|BPF(-[A-Z0-9]+)+|\S*[/@.]\S+", "", text))
    for each in written:
        rest = rest.replace(each, "")
    return bool(re.search(r"[A-Za-z]{3}", rest)) and not any(text in each for each in written)


def flaws_of_forms(html: str) -> Iterator[str]:
    """A form that a browser cannot send, and two things of one name, so that a label leads to the wrong field."""
    tree = LexborHTMLParser(html)
    for form in tree.css("form[method=post]:not(.w-editing-sessions)"):  # POST too; that one is sent by its script
        if form.css_first("input[name=csrfmiddlewaretoken]") is None:
            yield f"no token in the form to {form.attributes.get('action')}: {(form.html or '')[:200]}"
    ids = Counter(each.attributes["id"] for each in tree.css("[id]"))
    yield from (f"{times} elements are #{name}" for name, times in ids.items() if times > 1)


@pytest.fixture
def desk(people: Any) -> dict[str, str]:
    """Name of a page -> its address, in a forum with a document in comment and something of everything."""
    opened = begun(people)
    values = _things(opened.process, people)
    opened.published("Dim lamps.", on=(1, 2), proposed="Bright lamps.", rationale="Ships.")
    opened.comment("Dimmer lamps.", on=(2,))
    found = {name: filled(route, values) for name, route in ADMIN_ROUTES.items()}
    edit = f"/admin/pages/{opened.process.page_id}/edit/"
    return found | {"home": "/admin/", "edit": edit, "second factors": "/admin/account/second-factor/"}


@pytest.mark.django_db
def test_desk__in_arabic_and_in_russian__says_nothing_of_ours_in_english__and_its_forms_are_whole(
    people, desk, monkeypatch
) -> None:
    english, client, written = Client(), Client(), kept()
    for each, who in ((english, "secretariat"), (client, "superuser")):
        each.force_login(people[who])
    english.get("/admin/")  # what is kept from the first request on, is kept in English
    profile = UserProfile.objects.create(user=people["superuser"])
    faults = set()
    for language, pages in (("ru", PAGES), ("ar", PAGES[:6])):
        UserProfile.objects.filter(pk=profile.pk).update(preferred_language=language)
        for name in pages:
            answer = client.get(desk[name], headers={"accept-language": "en"})
            assert answer.status_code == 200, name
            assert answer["Content-Language"] == language
            faults |= {f"{name}: {flaw}" for flaw in flaws_of_forms(answer.content.decode())}
            texts = {text for text in said(answer.content.decode(), language) if text not in WAGTAILS_OWN}
            faults |= {f"{language} {name}: {text}" for text in texts if in_english(text, language, written)}
            monkeypatch.setattr(Menu, "menu_items_for_request", lambda menu, request: [])  # once is enough
    assert not faults, "\n".join(sorted(faults))
    assert len(WAGTAILS_OWN) < 5


@pytest.mark.django_db
def test_refusal__is_said_in_the_language_of_the_account_and_not_of_the_browser(people, client) -> None:
    UserProfile.objects.create(user=people["rapporteur"], preferred_language="fr")
    client.force_login(people["rapporteur"])
    refused = client.get("/admin/workflow/people/", headers={"accept-language": "ru"}, follow=True)
    assert "vous n’avez pas" in refused.content.decode().lower().replace("'", "’").replace("&#x27;", "’")
    assert refused["Content-Language"] == "fr"


@pytest.mark.django_db
def test_account__offers_the_six_languages_and_no_other(people, client) -> None:
    client.force_login(people["rapporteur"])
    offered = LexborHTMLParser(client.get("/admin/account/").content).css("select[name$=language] option")
    assert {option.attributes["value"] for option in offered} == {"", "ar", "en", "es", "fr", "ru", "zh-hans"}
