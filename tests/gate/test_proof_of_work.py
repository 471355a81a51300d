"""A crowd behind one address works a little or waits a little, and is served; a challenge is good for one sending."""

import hashlib
import itertools
import json
import re
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from gate.forms.proof_of_work import LEAST_BITS, MOST_BITS, MOST_WAIT_S, new_challenge, read_challenge
from gate.models import SpentToken, Tally
from tests.gate.forms import with_token
from workflow.forums.models import Forum
from workflow.proposals_and_nominations import views

pytestmark = pytest.mark.django_db

PROPOSAL = {"title": "Lamps of 2099", "year": "2099", "scope": "Lamps in storms.", "proposer": "Ficta"}
NEW = "/proposals/new/"


def worked(signed: str, bits: int) -> str:
    """By another way than the code under test: the digest as a string of bits."""
    for number in itertools.count():
        digest = hashlib.sha256(f"{signed}.{number}".encode()).hexdigest()
        if f"{int(digest, 16):0256b}".startswith("0" * bits):
            return str(number)
    raise AssertionError


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form has taken from this network as much as passes without work."""
    monkeypatch.setattr(views.PROPOSAL, "free", 0)


def asked(client: Client, **more: str) -> dict[str, str]:
    """What stands in the page that asks for work, as a browser would send it."""
    page = client.post(NEW, with_token("proposal", PROPOSAL | more))
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
    return fields(page.content.decode())


def fields(page: str) -> dict[str, str]:
    main = page[page.index("<main") : page.index("</main>")]
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main))
    return found | dict(re.findall(r'<textarea name="(\w+)" hidden>\n([^<]*)<', main))


def test_below_the_threshold__nobody_is_asked_for_anything(client: Client) -> None:
    assert client.post(NEW, with_token("proposal", PROPOSAL)).status_code == 302
    assert not Tally.objects.filter(name="proof").exists()


def test_above_it__the_page_keeps_every_word_and_takes_the_work(client: Client, crowded: None) -> None:
    given = asked(client)
    assert {name: given[name] for name in PROPOSAL} == PROPOSAL
    given["proof_answer"] = worked(given["proof_challenge"], LEAST_BITS)
    assert client.post(NEW, given).status_code == 302
    assert Forum.objects.count() == 1


def test_without_javascript__waiting_is_enough_and_pressing_too_early_begins_no_new_wait(
    client: Client, crowded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = asked(client)
    early = client.post(NEW, given)
    assert early.status_code == 429
    assert fields(early.content.decode())["proof_challenge"] == given["proof_challenge"]
    later = timezone.now() + timedelta(seconds=MOST_WAIT_S)
    monkeypatch.setattr("workflow.proposals_and_nominations.views.timezone.now", lambda: later)
    assert client.post(NEW, given).status_code == 302


def test_a_challenge__is_good_for_one_sending_one_form_and_one_network(client: Client, crowded: None) -> None:
    given = asked(client)
    given["proof_answer"] = worked(given["proof_challenge"], LEAST_BITS)
    elsewhere = client.post(NEW, with_token("proposal", given), REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 429
    assert client.post(NEW, given).status_code == 302
    assert client.post(NEW, with_token("proposal", given)).status_code == 429
    assert Forum.objects.count() == 1
    assert SpentToken.objects.filter(use="proof").count() == 1


def test_a_challenge__of_another_form_or_made_up_or_old__is_none() -> None:
    now = timezone.now()
    made = new_challenge("proposal", "network", 1, now)
    assert read_challenge(made.signed, "proposal", "network", now) == made
    assert read_challenge(made.signed, "comment", "network", now) is None
    assert read_challenge(made.signed.replace("|13|", "|1|"), "proposal", "network", now) is None
    assert read_challenge("proposal|network|x|1|1|1", "proposal", "network", now) is None
    assert read_challenge(made.signed, "proposal", "network", now + timedelta(hours=2)) is None


@pytest.mark.parametrize(("crowd", "bits"), [(1, LEAST_BITS), (2, LEAST_BITS + 2), (1000, MOST_BITS), (0, LEAST_BITS)])
def test_work__rises_with_the_crowd_up_to_what_an_old_telephone_does(crowd: float, bits: int) -> None:
    made = new_challenge("proposal", "network", crowd, timezone.now())
    assert made.bits == bits
    assert 20 <= made.wait_s <= MOST_WAIT_S


@pytest.mark.skipif(shutil.which("node") is None, reason="no node on this machine")
def test_the_script__finds_numbers_that_the_server_takes() -> None:
    made = new_challenge("proposal", "network", 1, timezone.now())
    script = settings.ROOT / "site" / "static" / "js" / "proof-of-work.js"
    program = f"""import {{ searcher }} from {json.dumps(script.as_uri())};
    for (const text of {json.dumps([made.signed + ".", "", "a" * 55, "b" * 64, "ж" * 40])}) {{
      const search = searcher(text, 10); let found = null;
      while (found === null) found = search(500);
      console.log(found);
    }}"""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", program], capture_output=True, text=True, check=True, timeout=60
    )
    for text, number in zip([made.signed + ".", "", "a" * 55, "b" * 64, "ж" * 40], done.stdout.split(), strict=True):
        assert int(hashlib.sha256(f"{text}{number}".encode()).hexdigest(), 16) >> 246 == 0


def test_far_above__a_flood_is_refused_and_loses_no_word(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views.PROPOSAL, "most", 0)
    page = client.post(NEW, with_token("proposal", PROPOSAL | {"scope": "Every word."}))
    assert page.status_code == 429
    assert "Every word." in page.content.decode()
    assert not SpentToken.objects.exists()


def test_a_form_with_a_mistake__keeps_the_work_that_was_done_for_it(client: Client, crowded: None) -> None:
    given = asked(client, scope="")
    given["proof_answer"] = worked(given["proof_challenge"], LEAST_BITS)
    back = client.post(NEW, given)
    assert back.status_code == 422
    shown = fields(back.content.decode())
    assert client.post(NEW, shown | PROPOSAL).status_code == 302
    assert Forum.objects.count() == 1
