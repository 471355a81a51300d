"""Which passwords are taken, and that nobody but their person ever knows one."""

import gzip
import time
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model, password_validation
from django.core import mail
from django.core.exceptions import ValidationError

from accounts.checks import sign_in_is_whole
from accounts.models import Event
from tests.accounts.signing_in import first_step, is_in
from tests.factories import UserFactory

TYPED = "typed by somebody else"
COMMON = Path(password_validation.__file__).parent / "common-passwords.txt.gz"


def taken(password: str) -> bool:
    try:
        password_validation.validate_password(password)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "password",
    [
        "bpflibrary2026", "BPF-Library-2026!", "IGF forum outcomes", "best practice forum", "InternetGovernance1",
        "Secretariat2099", "draftdocument99", "bpf.bpf.bpf.bpf", "8pf_1ibrary_2026",
        "passwordpassword", "P@ssw0rd2024!!", "welcome123456", "Adminadmin2025", "letmein-letmein", "iloveyou20252026",
        "йцукенгшщзхъ", "ＰＡＳＳＷＯＲＤ2026",
        "qwertyuiop1234567890", "1qaz2wsx3edc4rfv", "poiuytrewq0987", "asdfghjkl;12345", "azertyuiop123",
        "aaaaaaaaaaaaaaaa", "abababababababab", "abcdefghijklmnop", "000000000000", "Summer2026Summer",
        "Nairobi2026!!", "geneve-kenya", "Sharm el Sheikh 2009", "AddisAbaba2022", "KyotoJapan23",
    ],
)  # fmt: skip
def test_password_of_known_words_rows_and_years__is_refused(password) -> None:
    assert not taken(password)


@pytest.mark.parametrize(
    "password",
    ["correct horse battery staple", "another password of 2099", "k7#Vq2!mZr9p", "Сорок тысяч обезьян",
     "the forum of grey cats",     "海上生明月天涯共此时春江潮水", "لا يعرف أحد هذه الكلمات"],
)  # fmt: skip
def test_password_with_words_of_its_own__is_taken(password) -> None:
    assert taken(password)


def test_generated_passwords__of_the_commonest_shapes__are_refused_by_the_thousand() -> None:
    """More than 3,000 that have twelve signs: a word, another or itself, a count or a year, an end."""
    words = ("password", "welcome", "qwerty", "admin", "iloveyou", "football", "monkey", "library", "forum", "summer",
             "dragon", "secret", "sunshine", "letmein")  # fmt: skip
    ends = ("", "!", "1", "123", "1234", "12345", "2024", "2025", "2026!", "007")
    made = {
        (first.title() if upper else first) + second + end
        for first in words for second in (*words, "123456", "1q2w3e") for end in ends for upper in (False, True)
    }  # fmt: skip
    long = [password for password in made if len(password) >= 12]
    assert len(long) > 3000
    assert [password for password in long if taken(password)] == []


def test_long_ones_of_djangos_list__are_refused_in_whatever_case() -> None:
    with gzip.open(COMMON, "rt", encoding="utf-8") as file:
        long = [line.strip() for line in file if len(line.strip()) >= 12]
    assert len(long) > 150
    assert [password for password in long if taken(password.upper())] == []


def test_list_of_the_operator__is_asked_too(settings, tmp_path) -> None:
    leaked = tmp_path / "leaked.txt"
    leaked.write_text("k7#vq2!mzr9p\n")
    assert taken("K7#Vq2!mZr9p")
    settings.PASSWORD_LIST = str(leaked)
    asked = {"NAME": "accounts.passwords.validators.OperatorsListValidator"}  # as the settings of a site with a list
    settings.AUTH_PASSWORD_VALIDATORS = [*settings.AUTH_PASSWORD_VALIDATORS, asked]
    assert not taken("K7#Vq2!mZr9p")
    assert sign_in_is_whole() == []
    settings.PASSWORD_LIST = str(tmp_path / "nowhere.txt")
    assert "PASSWORD_LIST names no file" in str(sign_in_is_whole()[0].msg)


@pytest.mark.parametrize("long", ["ab1" * 100_000, "password" * 100_000, "1q2w3e" * 50_000])
def test_password_of_any_length__is_judged_at_once(long) -> None:
    taken("warm")
    begun = time.monotonic()
    taken(long)
    assert time.monotonic() - begun < 1


@pytest.mark.django_db
def test_new_account__has_no_password_and_its_person_chooses_one_by_a_link(
    client, django_capture_on_commit_callbacks
) -> None:
    client.force_login(UserFactory(is_superuser=True))
    form = client.get("/admin/users/new/").content.decode()
    assert 'type="password"' not in form
    sent = {"username": "ada", "email": "ada@example.org", "first_name": "Ada", "last_name": "Plantagon",
            "is_superuser": "on", "password1": TYPED, "password2": TYPED}  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/admin/users/new/", sent).status_code == 302
    person = get_user_model().objects.get(username="ada")
    assert not person.check_password(TYPED)
    assert not person.check_password("")
    client.logout()
    for password in ("", TYPED):
        first_step(client, person, password)
        assert not is_in(client)
    (letter,) = mail.outbox
    assert letter.to == ["ada@example.org"]
    assert "within 4 hours" in letter.body
    assert "/admin/password_reset/\n" in f"{letter.body}\n"
    link = next(line for line in letter.body.splitlines() if "/confirm/" in line).partition("8000")[2]
    form = client.get(link, follow=True)
    chosen = {"new_password1": "forty grey cats", "new_password2": "forty grey cats"}
    assert client.post(form.redirect_chain[-1][0], chosen).status_code == 302
    assert first_step(client, person, "forty grey cats").headers["Location"] == "/admin/"
    assert client.get(link, follow=True).context["validlink"] is False, "good once"


@pytest.mark.django_db
def test_secretariat__types_no_password_for_somebody_else(client) -> None:
    other, boss = UserFactory(), UserFactory(is_superuser=True)
    client.force_login(boss)
    before = Event.objects.count()
    page = client.get(f"/admin/users/edit/{other.pk}/").content.decode()
    assert 'type="password"' not in page
    sent = {"username": other.username, "email": other.email, "first_name": "A", "last_name": "B", "is_active": "on",
            "password1": TYPED, "password2": TYPED}  # fmt: skip
    assert client.post(f"/admin/users/edit/{other.pk}/", sent).status_code == 302
    other.refresh_from_db()
    assert other.first_name == "A"
    assert not other.check_password(TYPED)
    assert Event.objects.count() == before
    assert "New password" in client.get("/admin/account/").content.decode(), "one's own is changed there"
