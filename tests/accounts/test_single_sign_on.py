"""Single sign-on against a provider on the loopback, over real HTTP: who gets in, and all that must not."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client

from accounts.checks import sign_in_is_whole, the_secretariat_has_two_factors
from accounts.models import Event, ForeignIdentity
from tests.accounts.provider import CLIENT, SECRET, Provider, serving
from tests.accounts.signing_in import FACTORS, LOGIN, STEP, code_of, is_in, second_step, with_app
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

BEGIN, ANSWER = "/admin/login/single-sign-on/", "/admin/login/single-sign-on/answer/"
PRESSED = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    cache.clear()
    with serving() as found:
        settings.OIDC_SERVER_URL, settings.OIDC_NAME = found.address, "the house of 2099"
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
        yield found
    cache.clear()


@pytest.fixture
def editor():
    return UserFactory(is_superuser=True, email="ficta@example.org")


def there(email: str = "ficta@example.org", **more: Any) -> dict[str, Any]:
    """Somebody, as the provider knows them."""
    return {"sub": "somebody-1", "email": email, "email_verified": True} | more


def come_back(client: Client, provider: Provider, person: dict[str, Any], **changed: str) -> Any:
    begun = client.get(BEGIN, headers=PRESSED)
    assert begun.status_code == 302, begun.content
    return client.get(ANSWER, provider.authorise(begun.headers["Location"], person) | changed)


def test_person_with_an_account__is_signed_in_and_linked(client, provider, editor) -> None:
    assert "Sign in with the house of 2099" in client.get(LOGIN).content.decode()
    answer = come_back(client, provider, there("FICTA@example.org"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    assert is_in(client)
    assert ForeignIdentity.objects.get(user=editor).subject == "somebody-1"
    rows = Event.objects.filter(person=editor).order_by("-ordinal")
    assert [row.kind for row in rows[:2]] == ["signed_in", "identity_linked"]
    assert rows[0].data == {"way": "single sign-on"}
    again = come_back(Client(), provider, there("moved@example.org", email_verified=False))
    assert again.headers["Location"] == "/admin/", "from then on the subject counts"


def test_second_factor__is_asked_here_too(client, provider, editor, settings) -> None:
    secret = with_app(editor)
    assert come_back(client, provider, there(amr=["pwd", "mfa"])).headers["Location"] == STEP
    assert not is_in(client)
    second_step(client, code_of(secret))
    assert is_in(client)
    settings.OIDC_SECOND_FACTOR_COUNTS = True
    assert come_back(Client(), provider, there(amr=["pwd"])).headers["Location"] == STEP
    trusted = Client()
    assert come_back(trusted, provider, there(amr=["pwd", "mfa"])).headers["Location"] == "/admin/"
    assert is_in(trusted)


def test_somebody_who_must_have_a_second_factor__is_led_to_enrolment(client, provider, editor, settings) -> None:
    settings.TWO_FACTOR_REQUIRED = ["secretariat"]
    assert come_back(client, provider, there()).headers["Location"] == FACTORS
    assert not is_in(client)


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (there("stranger@example.org"), "no account of an editor"),
        (there(email_verified=False), "is verified"),
        (there(email_verified="true"), "is verified"),
        (there(email_verified=None), "is verified"),
        (there(""), "is verified"),
    ],
)
def test_stranger__or_an_address_that_nobody_checked__is_refused_with_a_clear_word(
    client, provider, editor, person, said
) -> None:
    from django.contrib.auth import get_user_model

    before = get_user_model().objects.count()
    answer = come_back(client, provider, person)
    assert answer.status_code == 403
    assert said in answer.content.decode()
    assert not is_in(client)
    assert get_user_model().objects.count() == before, "nobody signs up"
    assert Event.objects.last().kind == "failed"


@pytest.mark.database
@pytest.mark.parametrize(
    "email", ["fıcta@example.org", "ficta@example.org\u200b", "ficta@exampłe.org", "ﬁcta@example.org"]
)
def test_address__whose_letters_only_look_like_those_of_an_editor__is_nobodys(client, provider, editor, email) -> None:
    """To PostgreSQL a dotless i is an i where case does not count: its owner was signed in as the editor."""
    answer = come_back(client, provider, there(email))
    assert answer.status_code == 403
    assert not is_in(client)
    assert not ForeignIdentity.objects.exists()


@pytest.mark.parametrize("kind", ["closed", "without the admin", "two of them"])
def test_account__that_may_not_come_in__is_not_opened(client, provider, kind) -> None:
    UserFactory(email="ficta@example.org", is_superuser=kind != "without the admin", is_active=kind != "closed")
    if kind == "two of them":
        UserFactory(email="Ficta@example.org", is_superuser=True)
    assert come_back(client, provider, there()).status_code == 403
    assert not ForeignIdentity.objects.exists()


def test_address__that_went_to_somebody_else_at_the_provider__opens_nothing(client, provider, editor) -> None:
    come_back(Client(), provider, there())
    answer = come_back(client, provider, there(sub="successor-2"))
    assert answer.status_code == 403
    assert "linked to another person" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    "said",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another"}, {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"}, {"azp": "another"}, {"iss": "https://evil.example"},
        {"exp": "an hour ago"}, {"exp": None}, {"sub": None}, {"sub": ""},
        {"sub": "x" * 256}, {"sub": "a\x00b"}, {"sub": 7}, {"iat": "in an hour"},
    ],
    ids=lambda said: str(said)[:40],
)  # fmt: skip
def test_token__that_was_not_made_for_this_sign_in__is_refused(client, provider, editor, said) -> None:
    moments = {"an hour ago": int(time.time()) - 3600, "in an hour": int(time.time()) + 3600}
    provider.said = {
        name: moments.get(value, value) if isinstance(value, str) else value for name, value in said.items()
    }
    assert come_back(client, provider, there()).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize("more", [{}, {"amr": ["mfa"]}])
@pytest.mark.parametrize("since", [3600, None])
def test_session_at_the_provider_from_long_ago__signs_in_and_proves_nothing_for_a_change(
    client, provider, editor, settings, since, more
) -> None:
    settings.OIDC_SECOND_FACTOR_COUNTS = True
    provider.said = {"auth_time": since and int(time.time()) - since}
    assert come_back(client, provider, there(**more)).headers["Location"] == "/admin/"
    assert "Confirm that it is you" in client.post(f"{FACTORS}recovery-codes/").content.decode()
    provider.said = {}
    come_back(client, provider, there())
    assert client.post(f"{FACTORS}recovery-codes/").status_code == 302


@pytest.mark.parametrize("forged", ["another key", "the client's secret", "none"])
def test_token__signed_by_somebody_else__is_refused(client, provider, editor, forged) -> None:
    if forged == "another key":
        provider.sign_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    else:
        provider.algorithm, provider.sign_with = ("HS256", SECRET * 3) if forged != "none" else ("none", "")
    assert come_back(client, provider, there()).status_code == 403
    assert not is_in(client)


def test_state__that_is_wrong_missing_used_or_of_another_browser__is_refused(client, provider, editor) -> None:
    assert come_back(client, provider, there(), state="another").status_code == 403
    assert come_back(client, provider, there(), state="").status_code == 403
    sent = provider.authorise(client.get(BEGIN, headers=PRESSED).headers["Location"], there())
    assert Client().get(ANSWER, sent).status_code == 403, "login CSRF: an answer that a stranger planted"
    assert client.get(ANSWER, sent).status_code == 302
    client.post("/admin/logout/")
    assert client.get(ANSWER, sent).status_code == 403
    assert client.get(ANSWER).status_code == 403
    assert not is_in(client)


def test_code__taken_from_another_browser__is_worth_nothing_without_its_verifier(client, provider, editor) -> None:
    stolen = provider.authorise(Client().get(BEGIN, headers=PRESSED).headers["Location"], there())
    assert come_back(client, provider, there("x@example.org"), code=stolen["code"]).status_code == 403
    assert not is_in(client)


def test_keys__that_were_changed__are_asked_for_once_more(client, provider, editor) -> None:
    come_back(Client(), provider, there())
    provider.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    provider.key_id = "second"
    provider.asked.clear()
    assert come_back(client, provider, there()).headers["Location"] == "/admin/"
    assert provider.asked.count("/keys") == 1


@pytest.mark.parametrize(
    "configured",
    [
        {"issuer": "https://evil.example"}, {"token_endpoint": "http://192.0.2.1/token"}, {"jwks_uri": "file:///etc/x"},
        {"authorization_endpoint": "javascript:alert(1)"}, {"token_endpoint": None},
    ],
    ids=str,
)  # fmt: skip
def test_provider__that_sends_somewhere_unsafe__is_not_followed(client, provider, editor, configured) -> None:
    provider.configured = configured
    begun = client.get(BEGIN, headers=PRESSED)
    if begun.status_code == 302:
        begun = client.get(ANSWER, provider.authorise(begun.headers["Location"], there()))
    assert begun.status_code in {403, 502}
    assert not is_in(client)


def test_provider__that_is_away__is_said_and_the_password_still_works(client, provider, settings, editor) -> None:
    settings.OIDC_SERVER_URL = "http://127.0.0.1:9"
    answer = client.get(BEGIN, headers=PRESSED)
    assert answer.status_code == 502
    assert "sign in with your password" in answer.content.decode()


def http(body: bytes) -> bytes:
    return b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body


@pytest.mark.parametrize(
    "answer",
    [b"no answer at all\r\n\r\n", b"HTTP/1.0 200 OK\r\n" + b"X: y\r\n" * 500, http(b"[" * 100_000), http(b"[1]"),
     http(b'{"keys": "abc"}'), http(b'{"keys": [1, {"kty": 5}]}')],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token"])
def test_provider__that_answers_nonsense__is_said_and_nothing_breaks(client, provider, editor, path, answer) -> None:
    provider.raw[path] = [answer]
    begun = client.get(BEGIN, headers=PRESSED)
    if begun.status_code == 302:
        begun = client.get(ANSWER, provider.authorise(begun.headers["Location"], there()))
    assert begun.status_code in {403, 502}
    assert not is_in(client)


@pytest.mark.parametrize("head", [b"HTTP/1.0 200 OK\r\n\r\n", b""], ids=["body", "head"])
def test_provider__that_sends_a_byte_now_and_then__holds_nobody_up(client, provider, monkeypatch, head) -> None:
    monkeypatch.setattr("accounts.single_sign_on.provider.SECONDS", 0.5)
    provider.raw["/.well-known/openid-configuration"] = [head, *[b" "] * 60]
    begin = time.monotonic()
    assert client.get(BEGIN, headers=PRESSED).status_code == 502
    assert time.monotonic() - begin < 4


@pytest.mark.parametrize("email", ["ed\x00@example.org", "\ud800@example.org"], ids=["NUL", "half a sign"])
def test_address_that_no_database_keeps__is_nobodys(client, provider, editor, email) -> None:
    assert come_back(client, provider, there(email)).status_code == 403


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_next__to_another_site__leads_to_the_admin(client, provider, editor, back) -> None:
    begun = client.get(BEGIN, {"next": back}, headers=PRESSED)
    answer = client.get(ANSWER, provider.authorise(begun.headers["Location"], there()))
    assert answer.headers["Location"] == "/admin/"


def test_next__inside__is_kept(client, provider, editor) -> None:
    begun = client.get(BEGIN, {"next": "/admin/pages/"}, headers=PRESSED)
    answer = client.get(ANSWER, provider.authorise(begun.headers["Location"], there()))
    assert answer.headers["Location"] == "/admin/pages/"


def test_flood_from_one_network__is_429(client, provider, settings) -> None:
    settings.SINGLE_SIGN_ON_A_NETWORK = 3
    answers = [client.get(ANSWER) for _try in range(4)]
    assert [answer.status_code for answer in answers] == [403, 403, 403, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_without_settings__there_is_no_button_no_address_and_nobody_is_called(client, settings, monkeypatch) -> None:
    monkeypatch.setattr(
        "urllib.request.OpenerDirector.open", lambda *args, **kwargs: pytest.fail("somebody was called")
    )
    assert "single-sign-on" not in client.get(LOGIN).content.decode()
    assert client.get(BEGIN).status_code == 404
    assert client.get(ANSWER).status_code == 404
    settings.OIDC_SERVER_URL = "https://login.example.org"
    assert client.get(BEGIN).status_code == 404, "half of the settings are none"


def test_checks__name_half_settings_unsafe_providers_and_unknown_roles(settings) -> None:
    assert sign_in_is_whole() == []
    settings.OIDC_SERVER_URL = "http://login.example.org"
    settings.TWO_FACTOR_REQUIRED = ["secretaryat"]
    said = " ".join(str(fault.msg) for fault in sign_in_is_whole())
    assert "'secretaryat', which is no role" in said
    assert "OIDC_SERVER_URL is set, but not all of" in said
    assert "must begin with https://" in said


@pytest.mark.parametrize(
    ("required", "warned"), [([], True), (["facilitator"], True), (["secretariat"], False), (["everybody"], False)]
)
def test_check__warns_where_one_password_rules_the_library(settings, required, warned) -> None:
    settings.TWO_FACTOR_REQUIRED = required
    assert bool(the_secretariat_has_two_factors()) is warned


@pytest.mark.parametrize(
    ("sent", "goes"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, False), ({"Sec-Fetch-Site": "same-site"}, False), ({}, False),
        ({"Referer": "https://evil.example/"}, False), ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True), ({"Referer": "http://testserver/admin/login/"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Referer": "http://testserver/"}, False),
    ],
)  # fmt: skip
def test_sign_in_that_another_site_begins__stops_at_the_page_of_sign_in(client, provider, sent, goes) -> None:
    answer = client.get(BEGIN, {"next": "/admin/pages/"}, headers=sent)
    led = answer.headers["Location"]
    assert led.startswith(f"{provider.address}/authorise?") if goes else led == f"{LOGIN}?next=%2Fadmin%2Fpages%2F"
    assert bool(provider.asked) is goes
    assert ("sessionid" in client.cookies) is goes
    page = client.get(led if not goes else LOGIN).content.decode()
    assert f'href="{BEGIN}' in page
