"""All public forms, from their one declaration: none is left out, no answer to one sender holds a secret of another.

The views of the whole site are walked; whoever adds one that takes a POST of a stranger declares it, or a test fails.
"""

import inspect
import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.adoptions.models import Adoption
from consultation.consensus.models import Challenge
from consultation.submissions.models import Draft, Submission
from core.form_fields import LineField, ProseField
from gate.client_address import network_of
from gate.forms.form_tokens import new_form_token
from gate.forms.honeypot import TRAP
from gate.forms.proof_of_work import new_challenge
from gate.forms.public_forms import FORMS
from gate.rate_limits import take
from mail.confirmation_limits import MOST_TAGGED
from mail.delivery import deliver
from mail.models import Subscription
from tests.consultation.stories import begun
from tests.gate.test_proof_of_work import fields
from tests.search.conftest import index, index_folder
from workflow.forums.models import Forum

__all__ = ["index", "index_folder"]  # fixtures

pytestmark = pytest.mark.django_db

OTHERS = {
    "wagtail_serve": "pages answer to POST as to GET: they hold no form",
    "wagtailcore_login": "shadowed by an address of ours: see the test of Wagtail's other sign-in",
    "wagtaildocs_serve": "hands out a file, to POST as to GET",
    "wagtailcore_authenticate_with_password": "Wagtail's, with a CSRF token: no page here is behind a password",
    "wagtaildocs_authenticate_with_password": "as above",
}
"""Views of others that answer to a POST of a stranger."""


def views(resolver: Any = None, path: str = "") -> Iterator[tuple[str, str, Any, dict[str, Any]]]:
    """(name, route, view, arguments it would get) of every public address."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if not route.startswith("admin/"):  # its views ask who is signed in: tests/workflow/access
                yield from views(entry, route)
        elif isinstance(entry, URLPattern) and not route.startswith("admin/"):
            names = {name: _sample(converter) for name, converter in entry.pattern.converters.items()}
            yield str(entry.name), route, entry.callback, names


def _sample(converter: Any) -> Any:
    return 1 if "Int" in type(converter).__name__ else "x"


def _takes_post(view: Any, arguments: dict[str, Any]) -> bool:
    request = RequestFactory().post("/")
    request.user = AnonymousUser()
    try:
        return view(request, **arguments).status_code != 405
    except Exception:  # whatever it looked for: it was not stopped by its method
        return True


def test_every_view_that_takes_a_post_of_a_stranger__is_declared() -> None:
    found = list(views())
    assert len(found) > 80
    undeclared = {
        name
        for name, _route, view, arguments in found
        if not hasattr(view, "public_form") and _takes_post(view, arguments)
    }
    assert undeclared - set(OTHERS) == set()


def test_wagtails_other_sign_in__which_counts_no_tries__leads_to_the_one_that_does(client: Client) -> None:
    assert client.get("/_util/login/?next=/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client.post("/_util/login/", {"username": "editor", "password": "guess"}).status_code == 405


def test_no_view_is_exempt_from_csrf__that_is_not_declared() -> None:
    exempt = {name for name, _route, view, _arguments in views() if getattr(view, "csrf_exempt", False)}
    declared = {name for name, _route, view, _arguments in views() if hasattr(view, "public_form")}
    assert exempt - declared <= set(OTHERS)


def test_every_declared_form__has_a_view() -> None:
    used = {view.public_form.name for _name, _route, view, _arguments in views() if hasattr(view, "public_form")}
    assert used == set(FORMS)


# --- no answer to B holds a secret of A -----------------------------------------------------------------------------


@dataclass
class Places:
    """Where each form that writes is, and the rows behind it that hold secrets."""

    address: dict[str, str]
    fixed: dict[str, dict[str, str]]


@pytest.fixture
def places(people: Any, index: Any, monkeypatch: pytest.MonkeyPatch) -> Places:
    open_call, adopted = begun(people), begun(people)
    adopted.move("close_comment")
    adopted.move("present", session_date="2099-12-01", session_place="Room 1")
    adopted.move("adopt", grounds="Nobody objected.")
    now = timezone.now()
    forum = Forum.objects.create(
        state="active", title="Lamps", year=2099, scope="Lamps.", proposer="Ficta", received_at=now, state_since=now,
        nominations_until=now + timedelta(days=9),
    )  # fmt: skip
    return Places(
        address={
            "comment": f"{open_call.address}comments/new/",
            "challenge": f"{adopted.address}challenge/",
            "adoption": f"{adopted.address}adoptions/new/",
            "follow": f"{adopted.address}follow/",
            "proposal": "/proposals/new/",
            "nomination": f"/proposals/{forum.pk}/nominate/",
            "alert": "/search/alert/",
        },
        fixed={"comment": {"paragraphs": "1"}, "alert": {"address": "/search/?q=lamp"}},
    )


def filled(form_class: Any, word: str, email: str) -> dict[str, str]:
    """Right fields for a form, with a word of the sender in every text."""
    given: dict[str, str] = {}
    for name, field in form_class.base_fields.items():
        if isinstance(field, forms.EmailField):
            given[name] = email
        elif isinstance(field, forms.BooleanField):
            given[name] = "on" if field.required or name == "consents" else ""
        elif isinstance(field, forms.MultipleChoiceField | forms.ModelChoiceField | forms.DateField | forms.URLField):
            continue
        elif isinstance(field, forms.ChoiceField):
            given[name] = str(field.initial or next(iter(field.choices))[0])
        elif isinstance(field, forms.IntegerField):
            given[name] = "2099"
        elif name not in {"leave_this_empty_7", "form_token"}:
            given[name] = f"Words of {word}"
    return given


def secrets_of_all() -> set[str]:
    """Every secret in the database: tokens and addresses of private pages."""
    found = {value for model in (Submission, Adoption, Challenge, Subscription)
             for value in model.objects.values_list("secret", flat=True)}  # fmt: skip
    found |= set(Submission.objects.values_list("receipt", flat=True)) | set(
        Draft.objects.values_list("token", flat=True)
    )
    return {value for value in found if value}


def sent(client: Client, places: Places, form: str, given: dict[str, str], network: str) -> str:
    """All that comes back, with the pages that the answers lead to: headers, cookies, bodies."""
    said = []
    answer = client.post(places.address[form], given, REMOTE_ADDR=network)
    for _step in range(4):
        said += [str(answer.headers), str(answer.cookies), answer.content.decode()]
        if answer.status_code not in {301, 302}:
            break
        to = answer["Location"]
        if form == "comment" and to.startswith("/comments/draft/"):
            person = filled(FORMS["submission"].form_class, given.get("body", ""), given.get("email", ""))
            answer = client.post(to, person, REMOTE_ADDR=network)
            form = "submission"
        else:
            answer = client.get(to, REMOTE_ADDR=network)
    return "\n".join(said)


MUTATIONS = {
    "same": lambda value: value,
    "near": lambda value: f" {value.upper() if '@' in value else value} ",
    "empty": lambda value: "",
    "other": lambda value: "other@example.org" if "@" in value else f"{value} indeed",
}
OF_THE_GATE = re.compile('FROM "(gate_|django_content_type)')
"""Queries of the limits themselves, and of the kinds of pages, which a process asks for once."""
OF_ANY_PAGE = 2
"""Queries of the frame that stands around each page."""
counter = itertools.count(1)


@pytest.mark.parametrize("form", ["comment", "challenge", "adoption", "follow", "proposal", "nomination", "alert"])
def test_no_answer_to_one_sender__holds_a_secret_of_another(
    form: str, places: Places, django_capture_on_commit_callbacks: Any
) -> None:
    # A file comes with "comments in Word": tests/consultation/word_comments/test_journey.py asks the same of it.
    assert {name for name, each in FORMS.items() if each.writes} == set(places.address) | {"comments in Word"}

    @settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.data())
    def try_it(data: st.DataObject) -> None:
        number = next(counter)
        network = f"10.{number // 250}.{number % 250}.7"
        word, email = f"Plantedword{number}z", f"planted{number}z@example.org"
        token = new_form_token(form)
        first = filled(FORMS[form].form_class, word, email) | places.fixed.get(form, {}) | {"email": email}
        before = secrets_of_all()
        of_first = sent(Client(), places, form, first | {"form_token": token}, network)
        secrets = secrets_of_all() - before
        assert secrets or form in {"proposal", "nomination"}, of_first
        other = data.draw(st.sampled_from(["of the first", "own", "of another form", "none"]))
        tokens = {
            "of the first": token,
            "own": new_form_token(form),
            "of another form": new_form_token("x"),
            "none": "",
        }
        second = {name: MUTATIONS[data.draw(st.sampled_from(sorted(MUTATIONS)))](value)
                  for name, value in first.items()} | {"form_token": tokens[other]}  # fmt: skip
        of_second = sent(Client(), places, form, second, network)
        mine = secrets_of_all() - before - secrets
        typed = " ".join(second.values()).casefold()
        leaked = {secret for secret in secrets - mine if secret in of_second}
        leaked |= {planted for planted in (word, email) if planted in of_second and planted.casefold() not in typed}
        assert not leaked

    with django_capture_on_commit_callbacks(execute=False):
        try_it()


def test_a_form_sent_twice__is_answered_without_a_word_of_what_was_sent_first(places: Places) -> None:
    """What was written since, on the form that the browser went back to, stands there and can be sent too."""
    for form in ("challenge", "adoption", "follow", "proposal", "nomination", "alert"):
        given = filled(FORMS[form].form_class, "Ada", "ada@example.org") | places.fixed.get(form, {})
        given |= {"form_token": new_form_token(form)}
        sent(Client(), places, form, given, "10.9.9.9")
        other = filled(FORMS[form].form_class, "Bo", "bo@example.org") | places.fixed.get(form, {})
        again = Client().post(places.address[form], other | {"form_token": given["form_token"]}, REMOTE_ADDR="10.9.9.9")
        assert (form, again.status_code) == (form, 200)
        page = again.content.decode()
        assert "This form was sent already" in page
        assert "Words of Ada" not in page
        assert "ada@example.org" not in page
        kept = fields(page)
        assert kept.items() >= {name: value for name, value in other.items() if value}.items()
        assert kept["form_token"] != given["form_token"]
        third = Client().post(places.address[form], kept, REMOTE_ADDR="10.9.9.9").content.decode()
        assert "This form was sent already" not in third


@pytest.mark.parametrize("reached", ["free", "most"])
def test_what_a_network_may_not_send_any_more__is_refused_before_anything_is_looked_up(
    reached: str, places: Places, client: Client
) -> None:
    """The form of a comment read the document and the whole call first: 14 ms of CPU for each post of a bot."""
    now = timezone.now()
    for form, address in places.address.items():
        given = filled(FORMS[form].form_class, "Ada", "ada@example.org") | places.fixed.get(form, {})
        take(form, network_of("10.9.9.9"), 10**6, now, FORMS[form].window, amount=getattr(FORMS[form], reached))
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(address, given | {"form_token": new_form_token(form)}, REMOTE_ADDR="10.9.9.9")
        assert (form, answer.status_code) == (form, 429)
        assert int(answer["Retry-After"]) > 0
        assert "Words of Ada" in answer.content.decode() or form in {"follow", "alert"}
        assert ("proof_challenge" in fields(answer.content.decode())) == (reached == "free")
        asked = [each["sql"] for each in queries if not OF_THE_GATE.search(each["sql"])]
        assert len(asked) <= OF_ANY_PAGE, asked


@pytest.mark.parametrize("said", ["made up", "not done", "of another form", "of another network"])
def test_work_that_was_not_done__spares_nobody_the_refusal_before_anything_is_looked_up(
    said: str, places: Places, client: Client
) -> None:
    """Whoever sent a challenge of whatever kind was let through to the view, and to all that it looks up."""
    now, here = timezone.now(), network_of("10.9.9.9")
    for form, address in places.address.items():
        take(form, here, 10**6, now, FORMS[form].window, amount=FORMS[form].free)
        challenge = {
            "made up": "made up",
            "not done": new_challenge(form, here, 1, now).signed,
            "of another form": new_challenge("another", here, 1, now).signed,
            "of another network": new_challenge(form, network_of("10.9.8.8"), 1, now).signed,
        }[said]
        given = {"form_token": new_form_token(form), "proof_challenge": challenge, "proof_answer": "x"}
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(address, given, REMOTE_ADDR="10.9.9.9")
        assert (form, answer.status_code) == (form, 429)
        assert (fields(answer.content.decode())["proof_challenge"] == challenge) == (said == "not done")
        asked = [each["sql"] for each in queries if not OF_THE_GATE.search(each["sql"])]
        assert len(asked) <= OF_ANY_PAGE, asked


def test_a_form_a_day_old__comes_back_with_the_text_and_a_new_token(
    places: Places, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = filled(FORMS["proposal"].form_class, "Ada", "ada@example.org")
    with monkeypatch.context() as yesterday:
        yesterday.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() - 25 * 3600)
        given["form_token"] = new_form_token("proposal")
    back = client.post("/proposals/new/", given)
    assert back.status_code == 422
    page = back.content.decode()
    assert "Words of Ada" in page
    given["form_token"] = re.search(r'name="form_token" value="([^"]+)"', page)[1]  # type: ignore[index]
    assert client.post("/proposals/new/", given).status_code == 302


def test_a_body_beyond_what_a_form_takes__is_refused_unread(client: Client) -> None:
    """A multipart of 60 MB was read by a form without files."""

    class Unread:
        def read(self, *size: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    for path in ("/proposals/new/", "/i18n/setlang/", "/admin/login/", "/search/alert/"):
        answer = client.generic(
            "POST", path, b"", content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(60 * 1024 * 1024), **{"wsgi.input": Unread()},
        )  # fmt: skip
        assert (path, answer.status_code) == (path, 413)


def test_every_declared_limit__is_small_but_where_files_are_taken() -> None:
    with_files = {"file beside a comment", "comments in Word", "verify"}
    assert {name for name, form in FORMS.items() if form.most_bytes > 1024 * 1024} == with_files
    assert inspect.isclass(FORMS["comment"].form_class)


def test_one_address__typed_into_every_form__gets_one_mail_that_leads_to_all(places: Places, client: Client) -> None:
    from mail.delivery import deliver

    for form in ("comment", "challenge", "adoption", "follow", "alert"):
        given = filled(FORMS[form].form_class, "Ada", "ada@example.org") | places.fixed.get(form, {})
        given |= {"form_token": new_form_token(form), "email": "ada@example.org"}
        sent(Client(), places, form, given, "10.9.9.9")
    now = timezone.now()
    for hours in range(0, 24 * 16, 3):
        deliver(now + timedelta(hours=hours))
    mails = [message for message in mail.outbox if message.to == ["ada@example.org"]]
    assert len(mails) == 1
    assert "Words of" not in mails[0].body + mails[0].subject
    link = re.search(r"https?://[^/]+(/\S+)", mails[0].body)[1]  # type: ignore[index]
    page = client.get(link).content.decode()
    waiting = page[page.index("also-waiting") :]
    others = re.findall(r'<a href="([^"]+)">', waiting[: waiting.index("</section>")])
    assert len(others) == 4
    for path in [link, *others]:
        assert client.get(path).status_code == 200
        assert client.post(path).status_code in {200, 302}
    assert Subscription.objects.standing().count() == 2
    assert "also-waiting" not in client.get(link).content.decode()


STATUS = re.compile(r"<p[^>]*role=\"status\"[^>]*>(.*?)</p>", re.DOTALL)


@pytest.mark.parametrize("form", ["comment", "challenge", "adoption", "follow", "alert"])
def test_page_after_a_form_that_mails__says_what_will_come__alike_for_every_address(
    form: str, places: Places, settings: Any
) -> None:
    """It said that a mail was sent, before the worker had it and where the mailbox had its few of the day."""
    settings.MAIL_BY_WORKER = True
    said, mails = [], []
    for email in [*(f"ada+{number}@example.org" for number in range(MOST_TAGGED + 1)), "ada+0@example.org"]:
        person = filled(FORMS[form].form_class, "Ada", email) | places.fixed.get(form, {})
        person |= {"form_token": new_form_token(form), "email": email}
        said.append(STATUS.findall(sent(Client(), places, form, person, "10.9.9.9"))[-1])
        assert not mail.outbox
        deliver(timezone.now())
        mails.append(len([message for message in mail.outbox if message.to == [email]]))
        mail.outbox.clear()
    assert mails == [1] * MOST_TAGGED + [0, 0], "the sixth waits its turn, the first was asked today"
    assert set(said) == {said[0]}
    assert not re.search(r"\b(sent you|on its way|was sent)\b", said[0])
    assert "a few a day together" in said[0]


def test_text_of_a_stranger__carries_no_invisible_control_through_any_form() -> None:
    """They make names read backwards, break feeds, and forge lines; a word is never lost by it."""
    for name, form in FORMS.items():
        for label, field in getattr(form.form_class, "base_fields", {}).items():
            is_text = type(field) is forms.CharField or isinstance(field, LineField | ProseField)
            if not is_text or label in {TRAP, "form_token"}:
                continue
            with suppress(forms.ValidationError):  # a line end in one line is said, and everything stays
                kept = field.clean("begin\x01\x0b\x0c\x1b\x85end")
                assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", kept), (name, label)
                assert {"begin", "end"} <= set(re.findall(r"\w+", kept)), (name, label)
