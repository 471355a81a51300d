"""Grave changes: proof is asked for, the former address is told, other sessions end."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts.factors.services import new_recovery_codes
from accounts.models import Event, Factor
from accounts.reauthentication.services import PROTECTED, PROVED_AT
from accounts.signing_in.sessions import PASSED
from tests.accounts.authenticator import Authenticator, challenge_of
from tests.accounts.signing_in import ELSEWHERE, RIGHT, code_of, first_step, is_in, with_app
from tests.factories import UserFactory
from tests.workflow.forums.test_forums import a_forum
from workflow.access.models import RoleGroup

pytestmark = pytest.mark.django_db

NEW = "another password of 2099"


@pytest.fixture
def editor():
    return UserFactory(is_superuser=True)


def stale(client, person, **more: Any) -> None:
    """Signed in, and the proof is older than CONFIRM_MINUTES."""
    client.force_login(person)
    grow_stale(client, **more)


def grow_stale(client, **more: Any) -> None:
    session = client.session
    session[PROVED_AT] -= 3600
    session.update(more)
    session.save()


def account_form(person, **changed) -> dict:
    return {
        "name_email-first_name": person.first_name, "name_email-last_name": person.last_name,
        "name_email-email": person.email, "theme-theme": "system", "theme-contrast": "system",
        "theme-density": "default", "locale-preferred_language": "", "locale-current_time_zone": "",
        "documents-mode": "each",
    } | changed  # fmt: skip


def user_form(person, **changed) -> dict:
    return {
        "username": person.username, "email": person.email, "first_name": person.first_name,
        "last_name": person.last_name, "is_active": "on",
    } | changed  # fmt: skip


def kept(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def told(subject: str) -> list[str]:
    return sorted(address for sent in mail.outbox if subject in sent.subject for address in sent.to)


# --- proof ---------------------------------------------------------------------------------------------------------


def test_new_address__without_recent_proof__asks_and_keeps_what_was_typed(client, editor) -> None:
    former = editor.email
    stale(client, editor)
    asked = client.post("/admin/account/", account_form(editor, **{"name_email-email": "new@example.org"}))
    page = asked.content.decode()
    assert asked.status_code == 200
    assert asked.headers["Cache-Control"] == "no-store"
    assert kept(page)["name_email-email"] == "new@example.org"
    editor.refresh_from_db()
    assert editor.email == former
    wrong = client.post("/admin/account/", kept(page) | {"confirm-password": "wrong"})
    assert wrong.status_code == 422
    assert kept(wrong.content.decode())["name_email-email"] == "new@example.org"
    assert client.post("/admin/account/", kept(page) | {"confirm-password": RIGHT}).status_code == 302
    editor.refresh_from_db()
    assert editor.email == "new@example.org"


def test_name_and_language__are_changed_without_further_proof(client, editor) -> None:
    stale(client, editor)
    client.post("/admin/account/", account_form(editor, **{"name_email-first_name": "Nova"}))
    editor.refresh_from_db()
    assert editor.first_name == "Nova"


def test_proof__by_a_code_of_the_app__is_taken_once(client, editor) -> None:
    secret = with_app(editor)
    stale(client, editor, **{PASSED: editor.pk})
    sent = account_form(editor, **{"name_email-email": "new@example.org"})
    code = code_of(secret)
    assert client.post("/admin/account/", sent | {"confirm-code": code}).status_code == 302
    grow_stale(client)
    again = sent | {"name_email-email": "newer@example.org", "confirm-code": code}
    assert client.post("/admin/account/", again).status_code == 422


def stale_with_passkey(client, editor) -> Authenticator:
    passkey = Authenticator()
    passkey.add_to(editor)
    stale(client, editor, **{PASSED: editor.pk})
    return passkey


def test_proof__by_a_passkey__answers_one_challenge_once(client, editor) -> None:
    passkey = stale_with_passkey(client, editor)
    sent = account_form(editor, **{"name_email-email": "new@example.org"})
    page = client.post("/admin/account/", sent).content.decode()
    proof = {"confirm-password": "", "confirm-passkey": passkey.answer(challenge_of(page))}
    assert client.post("/admin/account/", kept(page) | proof).status_code == 302
    editor.refresh_from_db()
    assert editor.email == "new@example.org"
    grow_stale(client)
    again = client.post("/admin/account/", sent | proof | {"name_email-email": "newer@example.org"})
    assert again.status_code == 422
    assert Event.objects.last().kind == "confirm_failed"
    assert challenge_of(again.content.decode()) != challenge_of(page)


def test_passkey_of_another_person__proves_nothing(client, editor) -> None:
    stale_with_passkey(client, editor)
    other = Authenticator()
    sent = account_form(editor, **{"name_email-email": "evil@example.org"})
    page = client.post("/admin/account/", sent).content.decode()
    for answer in (other.answer(challenge_of(page)), "{}", "[" * 9000, "null", "x"):
        assert client.post("/admin/account/", sent | {"confirm-passkey": answer}).status_code == 422
    editor.refresh_from_db()
    assert editor.email != "evil@example.org"


def test_person_with_a_passkey_and_no_password__is_asked_for_passkey_or_recovery_code(client, editor) -> None:
    """As whoever comes by single sign-on."""
    stale_with_passkey(client, editor)
    editor.set_unusable_password()
    editor.save()
    code = new_recovery_codes(editor)[0]
    stale(client, editor, **{PASSED: editor.pk})
    removal = reverse("accounts:remove_factor", args=[editor.second_factors.get().pk])
    page = client.post(removal, {}).content.decode()
    assert 'name="confirm-password"' not in page
    assert 'name="confirm-code"' in page
    assert client.post(removal, {"confirm-code": code, "confirm-passkey": ""}).status_code == 302


def test_guesser_with_a_stolen_session__is_stopped(client, editor, settings) -> None:
    settings.LOGIN_TRIES = 3
    stale(client, editor)
    sent = account_form(editor, **{"name_email-email": "evil@example.org"})
    answers = [client.post("/admin/account/", sent | {"confirm-password": f"{n}"}).status_code for n in range(5)]
    assert answers == [422, 422, 422, 429, 429]
    refused = client.post("/admin/account/", sent | {"confirm-password": RIGHT})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert Event.objects.filter(kind="confirm_failed", person=editor).count() == 3


def test_guesser_of_the_former_password__is_counted_on_the_page_of_the_account_too(client, editor, settings) -> None:
    settings.LOGIN_TRIES = 3
    client.force_login(editor)
    changed = {"password-new_password1": NEW, "password-new_password2": NEW}
    for guess in range(3):
        sent = account_form(editor, **changed | {"password-old_password": f"{guess}"})
        assert client.post("/admin/account/", sent).status_code == 200
    sent = account_form(editor, **changed | {"password-old_password": RIGHT})
    assert client.post("/admin/account/", sent).status_code == 429
    editor.refresh_from_db()
    assert editor.check_password(RIGHT)


def actions(people) -> dict[str, tuple[str, dict]]:
    """Name of an address -> what would be sent there. One of each kind that changes who may do what."""
    other = people["facilitator"]
    forum_group = RoleGroup.objects.get(page=people.forum, role="rapporteur")
    site_group = RoleGroup.objects.get(page=None, role="secretariat")
    bulk = f"?id={other.pk}&next=/admin/users/"
    users, groups, roles = "wagtailusers_users", "wagtailusers_groups", "workflow_admin"
    to_secretariat = {"user": other.username, "role_group": site_group.pk}
    on_path = {"people-TOTAL_FORMS": 1, "people-INITIAL_FORMS": 0, "people-0-user": other.username,
               "people-0-role_group": forum_group.pk}  # fmt: skip
    forum = a_forum("approved", page=people.forum)
    to_forum = {"user": other.username, "role_group": forum_group.pk}
    made = user_form(other, username="made", email="m@example.org")
    group = {"name": "Mine"}
    return {
        f"{users}:edit": (reverse(f"{users}:edit", args=[other.pk]), user_form(other, email="x@example.org")),
        f"{users}:add": (reverse(f"{users}:add"), made),
        f"{users}:copy": (reverse(f"{users}:copy", args=[other.pk]), made),
        f"{users}:delete": (reverse(f"{users}:delete", args=[other.pk]), {}),
        f"{groups}:edit": (reverse(f"{groups}:edit", args=[forum_group.group.pk]), group),
        f"{groups}:add": (reverse(f"{groups}:add"), group),
        f"{groups}:delete": (reverse(f"{groups}:delete", args=[forum_group.group.pk]), {}),
        "role": (f"/admin/bulk/auth/user/assign_role/{bulk}", {"role": site_group.group.pk}),
        "delete": (f"/admin/bulk/auth/user/delete/{bulk}", {}),
        "active": (f"/admin/bulk/auth/user/set_active_state/{bulk}", {"mark_as_active": ""}),
        f"{roles}:site_roles": (reverse(f"{roles}:site_roles"), to_secretariat),
        f"{roles}:forum_roles": (reverse(f"{roles}:forum_roles", args=[people.forum.pk]), to_forum),
        f"{roles}:take_step": (reverse(f"{roles}:take_step", args=[forum.pk, "people"]), on_path),
        f"{roles}:revoke": (reverse(f"{roles}:revoke", args=[site_group.pk, people["secretariat"].pk]), {}),
        f"{roles}:remove_second_factors": (reverse(f"{roles}:remove_second_factors", args=[other.pk]), {}),
        f"{roles}:end_sessions": (reverse(f"{roles}:end_sessions", args=[other.pk]), {}),
        f"{roles}:set_standing": (reverse(f"{roles}:set_standing", args=[other.pk]), {}),
        f"{roles}:send_invitation": (reverse(f"{roles}:send_invitation", args=[other.pk]), {}),
        "accounts:end_others": (reverse("accounts:end_others"), {}),
        "accounts:end_session": (reverse("accounts:end_session", args=[1]), {}),
        "accounts:add_app": (reverse("accounts:add_app"), {"code": "000000"}),
        "accounts:add_passkey": (reverse("accounts:add_passkey"), {"passkey": "{}"}),
        "accounts:new_codes": (reverse("accounts:new_codes"), {}),
        "accounts:remove_factor": (reverse("accounts:remove_factor", args=[1]), {}),
    }


def test_every_address_that_changes_who_may_do_what__asks_for_proof(client, people) -> None:
    before = Event.objects.count()
    for name, (address, sent) in actions(people).items():
        stale(client, people["superuser"])
        answer = client.post(address, sent)
        assert answer.status_code == 200, name
        assert "Confirm that it is you" in answer.content.decode(), name
    done = Event.objects.filter(ordinal__gt=before).exclude(kind__in=["signed_in", "signed_out"])
    assert not done.exists()


def test_every_address_of_users_and_groups_and_factors__stands_in_the_list_above(people) -> None:
    """A new address of these rooms is protected by its namespace; here somebody has to look what it does."""
    reading = {"index", "index_results", "history", "history_results", "usage", "users", "users_results", "inspect",
               "factors", "sign_ins", "second_step", "single_sign_on", "single_sign_on_answer"}  # fmt: skip
    found = {name for name in _names(get_resolver().url_patterns) if name.partition(":")[0] + ":*" in PROTECTED}
    changing = {name for name in found if name.partition(":")[2] not in reading}
    assert changing == {name for name in actions(people) if name.partition(":")[0] + ":*" in PROTECTED}


def _names(patterns, space: str = ""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}"


# --- who is told ---------------------------------------------------------------------------------------------------


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_new_address__is_told_to_the_former_one(client, editor, after_commit) -> None:
    former = editor.email
    client.force_login(editor)
    with after_commit():
        client.post("/admin/account/", account_form(editor, **{"name_email-email": "evil@example.org"}))
    assert told("e-mail address") == [former]
    assert "evil@example.org" not in mail.outbox[0].body
    assert Event.objects.last().kind == "email_changed"


def test_new_password__ends_every_other_session_and_is_told(client, editor, after_commit) -> None:
    elsewhere = Client()
    first_step(elsewhere, editor, at=ELSEWHERE)
    first_step(client, editor)
    sent = {"password-old_password": RIGHT, "password-new_password1": NEW, "password-new_password2": NEW}
    with after_commit():
        assert client.post("/admin/account/", account_form(editor, **sent)).status_code == 302
    assert is_in(client)
    assert not is_in(elsewhere)
    assert told("password") == [editor.email]


def test_secretariat__that_changes_the_address_of_somebody__tells_the_former_address(
    client, people, after_commit
) -> None:
    person = people["facilitator"]
    former = person.email
    client.force_login(people["superuser"])
    sent = user_form(person, email="other@example.org")
    sent["groups"] = [group.pk for group in person.groups.all()]
    with after_commit():
        answer = client.post(reverse("wagtailusers_users:edit", args=[person.pk]), sent)
    assert answer.status_code == 302
    assert {address for sent in mail.outbox for address in sent.to} == {former}
    assert len(mail.outbox) == 1
    made = Event.objects.filter(person=person, by=people["superuser"]).values_list("kind", flat=True)
    assert list(made) == ["email_changed"]


def test_role__given_and_taken__is_told_and_noted(client, people, after_commit) -> None:
    person, group = people["facilitator"], RoleGroup.objects.get(page=None, role="secretariat")
    UserProfile.objects.create(user=people["superuser"], preferred_language="ru")  # of who acts, not of who reads
    UserProfile.objects.create(user=person, preferred_language="fr")
    client.force_login(people["superuser"])
    with after_commit():
        given = {"user": person.username, "role_group": group.pk}
        client.post(reverse("workflow_admin:site_roles"), given)
    with after_commit():
        client.post(reverse("workflow_admin:revoke", args=[group.pk, person.pk]))
    rows = Event.objects.filter(person=person, kind="role_changed", by=people["superuser"])
    assert [row.data for row in rows] == [{"added": "Secretariat"}, {"removed": "Secretariat"}]
    bodies = [sent.body for sent in mail.outbox if sent.to == [person.email]]
    assert ["Vous avez été inscrit dans" in bodies[0], "Vous avez été retiré de" in bodies[1]] == [True, True]


def test_factor__added_and_removed__is_told(client, editor, after_commit) -> None:
    client.force_login(editor)
    with after_commit():
        client.get("/admin/account/second-factor/app/")
        secret = client.session["accounts.new_secret"]["secret"]
        client.post("/admin/account/second-factor/app/", {"code": code_of(secret)})
    with after_commit():
        client.post(reverse("accounts:remove_factor", args=[Factor.objects.get().pk]))
    bodies = [sent.body for sent in mail.outbox]
    assert any("A second factor was added: Authenticator app" in body for body in bodies)
    assert any("A second factor was removed: Authenticator app" in body for body in bodies)
    assert all(secret not in body for body in bodies)


def test_mail_about_an_account__waits_for_no_digest_and_cannot_be_stopped(client, editor, after_commit) -> None:
    from mail.models import Preference

    Preference.objects.create(user=editor, mode="daily")
    client.force_login(editor)
    with after_commit():
        client.post("/admin/account/", account_form(editor, **{"name_email-email": "x@example.org"}))
    assert len(told("e-mail address")) == 1
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_words__of_the_secretariat__are_those_that_are_sent(client, people, editor, after_commit) -> None:
    from mail.models import Wording

    client.force_login(people["secretariat"])
    page = client.get(reverse("workflow_admin:wordings")).content.decode()
    for occasion in ("account_email", "account_password", "account_factors", "account_roles", "account_reset"):
        assert f'href="{occasion}/"' in page
        assert client.get(reverse("workflow_admin:wording", args=[occasion])).status_code == 200
    Wording.objects.create(occasion="account_email", subject="Other words for $name", body="Since $at.")
    client.force_login(editor)
    with after_commit():
        client.post("/admin/account/", account_form(editor, **{"name_email-email": "x@example.org"}))
    assert mail.outbox[0].subject == f"Other words for {editor.get_full_name()}"


def test_upgrade_of_a_hash_and_last_sign_in__are_no_new_password(client, editor, settings, after_commit) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher", "django.contrib.auth.hashers.MD5PasswordHasher",
    ]  # fmt: skip
    before = Event.objects.count()
    with after_commit():
        first_step(client, editor)
    editor.refresh_from_db()
    assert editor.password.startswith("pbkdf2")
    assert list(Event.objects.filter(ordinal__gt=before).values_list("kind", flat=True)) == ["signed_in"]
    assert mail.outbox == []


def test_commands_and_factories__tell_nobody_and_leave_rows(editor, after_commit) -> None:
    with after_commit():
        editor.email = "x@example.org"
        editor.is_active = False
        editor.save()
    assert mail.outbox == []
    assert list(Event.objects.order_by("-ordinal").values_list("kind", flat=True)[:2]) == [
        "standing_changed", "email_changed",
    ]  # fmt: skip


def test_proof__lasts_as_long_as_the_setting_says(client, editor, settings) -> None:
    client.force_login(editor)
    session = client.session
    session[PROVED_AT] = int((timezone.now() - timedelta(minutes=settings.CONFIRM_MINUTES, seconds=-20)).timestamp())
    session.save()
    sent = account_form(editor, **{"name_email-email": "a@example.org"})
    assert client.post("/admin/account/", sent).status_code == 302
    session = client.session
    session[PROVED_AT] -= 40
    session.save()
    sent["name_email-email"] = "b@example.org"
    assert client.post("/admin/account/", sent).status_code == 200
