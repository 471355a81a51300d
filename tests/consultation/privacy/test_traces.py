"""What is left of a person after an erasure: in files of the database, in the private folder, in a restored backup."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from consultation import verification
from consultation.privacy import services as privacy
from consultation.submissions.services import Arrival, Person, Remark, store
from core import personal_data
from gate.forms import kept_texts
from search.query_log.models import AskedQuestion
from workflow.draft_links.models import DraftLink
from workflow.forums.models import Forum

PLANTED = ("ada.plantagon@example.org", "Ada Plantagon", "Plantagon League", "plantagonic words")
EMAIL, NAME, LEAGUE, WORDS = PLANTED

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planted(consultation):
    """A person everywhere: comment, proposal, question asked, notices, file sent with the comment."""
    now = timezone.now()
    person = Person(name=NAME, email=EMAIL, organisation=LEAGUE, consent="2026-11")
    remark = Remark((("passage", consultation.paragraph(1)),), WORDS, rationale=WORDS)
    store(consultation.period, person, [remark], Arrival(now))
    proposed(now)
    kept_texts.keep("/proposals/new/", "proposal", [("email", EMAIL), ("proposer", NAME)], "0f", now)
    AskedQuestion.objects.create(day=now.date(), question=f"what did {EMAIL} say", engine="e", results=0)
    return consultation


def proposed(since, **more):
    facts = {"title": "Lamps", "year": 2099, "scope": "s", "proposer": NAME, "organisation": LEAGUE, "email": EMAIL}
    return Forum.objects.create(received_at=since, state_since=since, **(facts | more))


def in_tables() -> list[str]:
    """Tables in which a planted word stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = str(cursor.fetchall())
            found += [f"{table}: {word}" for word in PLANTED if word in text]
    return found


def in_files(folder: Path) -> list[str]:
    found = []
    for path in (each for each in folder.rglob("*") if each.is_file()):
        raw = path.read_bytes()
        found += [f"{path.name}: {word}" for word in PLANTED if word.encode() in raw]
    return found


def test_erased__no_trace_in_tables_files_and_the_log_of_the_database(planted, settings):
    assert in_tables()
    assert in_files(Path(settings.PRIVATE_ROOT))
    assert privacy.export_person(EMAIL)["kept_texts"][0]["fields"]["proposer"] == NAME
    call_command("erase_person", EMAIL, "--with-text")
    assert in_tables() == []
    assert in_files(Path(settings.PRIVATE_ROOT)) == []
    assert list(verification.findings()) == []


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="files of a server are its own")
def test_erased__no_old_bytes_in_the_file(planted):
    """SQLite would keep them in free pages and in its write-ahead log."""
    file = Path(connection.settings_dict["NAME"])
    call_command("erase_person", EMAIL, "--with-text")
    names = [str(path) for path in (file, file.with_name(f"{file.name}-wal")) if path.exists()]
    # By another process: whoever closes the file in this one takes SQLite's locks off it.
    raw = subprocess.run(["cat", *names], capture_output=True, check=True).stdout
    assert [word for word in PLANTED[:3] if word.encode() in raw] == []


def test_backup_restored__whoever_was_erased_is_erased_again(planted, settings):
    call_command("erase_person", EMAIL, "--with-text")
    now = timezone.now()
    person = Person(name=NAME, email=EMAIL, consent="2026-11")
    store(planted.period, person, [Remark((("passage", planted.paragraph(1)),), WORDS)], Arrival(now))
    other = Person(name="Bo Ficta", email="bo@example.org", consent="2026-11")
    store(planted.period, other, [Remark((("passage", planted.paragraph(1)),), "Mine stays.")], Arrival(now))
    call_command("erase_person", "--replay")
    assert {EMAIL, "bo@example.org"} & personal_data.addresses() == {"bo@example.org"}
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    store(planted.period, person, [Remark((("passage", planted.paragraph(1)),), WORDS)], Arrival(now))
    call_command("erase_person", "--replay")
    assert EMAIL not in personal_data.addresses(), "the key was changed meanwhile"


def test_list_of_erasures__names_nobody(planted, settings):
    call_command("erase_person", EMAIL)
    told = "".join(path.read_text() for path in (Path(settings.PRIVATE_ROOT) / "erasures").iterdir())
    assert not [word for word in PLANTED if word in told]


def test_nothing_asked__says_how(db):
    with pytest.raises(CommandError, match="Give an e-mail address"):
        call_command("erase_person")


def test_account__stays_until_it_is_named_and_leaves_its_steps(consultation, people):
    user = people["secretariat"]
    user.email, user.first_name, user.last_name = EMAIL, *NAME.split()
    user.save()
    client = Client()
    client.force_login(user)
    privacy.erase_person(EMAIL, timezone.now())
    user.refresh_from_db()
    assert user.email == EMAIL
    assert len(personal_data.export(EMAIL)["accounts"]) == 1
    privacy.erase_person(EMAIL, timezone.now(), with_account=True)
    user.refresh_from_db()
    assert (user.username, user.email, user.first_name, user.is_active) == (f"erased-{user.pk}", "", "", False)
    assert not user.has_usable_password()
    assert not user.groups.exists()
    assert Session.objects.count() == 0
    assert in_tables() == []


def test_terms__end_by_date_of_proposals_too(db, settings):
    now = timezone.now()
    old = now - timedelta(days=settings.EMAIL_DAYS + 1)
    forum, open_one = proposed(old, state="declined"), proposed(old, state="active")
    assert personal_data.expire(now) == 1
    assert personal_data.expire(now) == 0
    forum.refresh_from_db()
    open_one.refresh_from_db()
    assert (forum.email, open_one.email) == ("", EMAIL)


def test_somebody_whose_address_ends_like_anothers__is_neither_told_nor_erased(consultation, people):
    """`n@example.org` stands within `ann@example.org`: of Ann nothing is given to N, and nothing goes with N."""
    now = timezone.now()
    kept_texts.keep("/proposals/new/", "proposal", [("email", "ann@example.org")], "0f", now)
    DraftLink.objects.create(
        page_id=consultation.process.page_id, made_for="Ann <ann@example.org>", made_by=people["facilitator"],
        made_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    told = privacy.export_person("n@example.org")
    assert not told["kept_texts"]
    assert not told["draft_links"]
    call_command("erase_person", "n@example.org", "--with-text")
    told = privacy.export_person("ann@example.org")
    assert told["kept_texts"]
    assert told["draft_links"]
    call_command("erase_person", "Ann@Example.org", "--with-text")
    call_command("erase_person", "--replay")
    assert not DraftLink.objects.filter(made_for__contains="ann@")


def test_address_in_letters_of_its_country__is_found_as_it_is_kept_in_ascii(consultation, settings):
    now = timezone.now()
    person = Person(name=NAME, email="ada@xn--fsqu00a.xn--4rr70v", consent="2026-11")
    store(consultation.period, person, [Remark((("passage", consultation.paragraph(1)),), WORDS)], Arrival(now))
    assert privacy.export_person("Ada@例子.广告")["submissions"]
    call_command("erase_person", "Ada@例子.广告", "--with-text")
    assert in_tables() == []
    store(consultation.period, person, [Remark((("passage", consultation.paragraph(1)),), WORDS)], Arrival(now))
    call_command("erase_person", "--replay")
    assert in_tables() == [], "a backup was restored"
