"""Every refusal has a page of ours, which says what happened, what was kept and what to do next."""

import pytest
from django.test import Client

LANGUAGES = ("ar", "zh-hans", "fr", "ru", "es")

pytestmark = pytest.mark.django_db


def said(response) -> str:
    text = response.content.decode()
    assert "<title>" in text
    assert 'name="robots" content="noindex"' in text
    assert not [language for language in LANGUAGES if f'lang="{language}"' not in text]
    return text


def test_wrong_host__is_a_page_of_ours(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "This request was not understood" in said(response)
    assert "evil.example" not in response.content.decode()


def test_too_many_fields__is_a_page_that_says_what_was_kept(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    response = client.post("/admin/login/", {f"f{number}": "x" for number in range(4)})
    assert response.status_code == 400
    assert "Nothing was stored" in said(response)


@pytest.mark.parametrize("body", [b"x", b"x" * 3_000_000])
@pytest.mark.parametrize("address", ["/nothing/", "/comments/draft/nobodys/", "/admin/nothing/", "/library/2099/a/b/"])
def test_body_that_cannot_be_read__at_an_address_of_nothing__is_a_refusal_and_no_fault_of_ours(address, body):
    """With a cookie of CSRF, of which the sign-in page gives everybody one, it was an internal error."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/admin/login/")
    for kind in ("multipart/form-data", "multipart/form-data; boundary=b", "application/x-www-form-urlencoded"):
        answer = client.generic("POST", address, body, content_type=kind)
        assert answer.status_code < 500


def test_form_without_its_cookie__is_a_page_that_says_how_to_go_on():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "Copy what you typed" in said(response)
    assert "DEBUG" not in response.content.decode()


def test_fault_of_ours__is_a_page_that_stands_on_nothing(client, monkeypatch):
    client.raise_request_exception = False

    def fail(*args, **kwargs):
        raise RuntimeError("planted")

    monkeypatch.setattr("bpf_pages.models.library.HomePage.serve", fail)
    from bpf_pages.tree.fixed_pages import ensure_tree

    ensure_tree()
    response = client.get("/")
    assert response.status_code == 500
    assert "planted" not in said(response)
