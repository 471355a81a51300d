"""The register of personal data: nothing is declared twice, no text field is forgotten, what is declared exists."""

import pytest
from django.apps import apps
from django.db.models import CharField, FileField, GenericIPAddressField, JSONField, TextField

from core.personal_data import Holding, holdings, register

OURS = {
    "bpf_pages",
    "api",
    "pdf",
    "search",
    "consultation",
    "workflow",
    "editions",
    "gate",
    "mail",
    "files",
    "accounts",
    "bpf_site",
}
OTHERS = ("auth.User",)
TEXT = (CharField, TextField, JSONField, FileField, GenericIPAddressField)

IMPERSONAL = {
    "bpf_pages.StandardPage",
    "bpf_pages.YearArchive",
    "api.CalendarEvent",
    "bpf_site.Heartbeat",
    "bpf_site.Purge",
    "pdf.Printing",
    "pdf.Seal",
    "pdf.Volume",
    "search.FileText",
    "search.FilePage",
    "search.FacetValue",
    "search.EditionVectors",
    "search.IndexChange",
    "search.Synonym",
    "search.Recommendation",
    "editions.Edition",
    "editions.Passage",
    "editions.Relation",
    "editions.Doi",
    "files.ShownFile",
    "files.CleanedImage",
    "files.LeftFile",
}
"""Tables made of published texts, or of what machines did."""


def text_fields(model) -> set[str]:
    return {field.name for field in model._meta.local_fields if isinstance(field, TEXT)} - {"page_ptr"}


def declared(holding: Holding) -> list[str]:
    return [*holding.names, *holding.words, *holding.traces, *holding.secrets, *holding.impersonal]


MODELS = [
    model
    for model in apps.get_models()
    if (model._meta.app_label in OURS and model._meta.label not in IMPERSONAL) or model._meta.label in OTHERS
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_text_field__is_declared_once(model):
    held = {holding.model: holding for holding in holdings()}.get(model._meta.label)
    names = declared(held) if held else []
    assert sorted(names) == sorted(text_fields(model))


def test_a_table__cannot_be_declared_twice():
    with pytest.raises(ValueError, match="declared twice"):
        register(holdings()[0])


@pytest.mark.parametrize("holding", holdings(), ids=lambda holding: holding.model)
def test_what_is_personal__says_why_and_how_long(holding):
    personal = holding.names or holding.words or holding.traces or holding.secrets
    said = [bool(each) for each in (str(holding.what), str(holding.why), holding.term)]
    assert all(said) if personal else all(said) == any(said), "what is said of numbers is said whole"
    assert set(holding.erased) <= set(declared(holding))
    assert not holding.key or holding.about
