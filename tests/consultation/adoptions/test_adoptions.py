"""The register of voluntary adoption."""

import pytest
from django.utils import timezone

from consultation.adoptions import services as adoptions
from consultation.adoptions.models import Adoption
from consultation.adoptions.services import Declared, NotFinal, declare
from core.tokens import new_secret, sign_link
from tests.consultation.submissions.test_journey import form_token

pytestmark = pytest.mark.django_db

LEAGUE = Declared(kind="uses", declarer="Lamp League", email="ada@example.org", group="civil_society", region="africa")


@pytest.fixture
def final(consultation):
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    consultation.move("adopt", grounds="Nobody objected.")
    return consultation


def test_adoption__declared_confirmed_moderated__is_in_the_register_and_counted(client, final):
    new = f"{final.address}adoptions/new/"
    sent = {"form_token": form_token(client.get(new)), "kind": "uses", "who": "organisation",
            "declarer": "Lamp League", "email": "ada@example.org", "statement": "We <b>use</b> it daily.",
            "group": "civil_society", "region": "africa", "entitled": "on"}  # fmt: skip
    assert client.post(new, sent).status_code == 302
    adoption = Adoption.objects.get()
    again = client.post(new, sent)
    assert again.status_code == 200
    assert adoption.secret not in again.content.decode() + str(again.headers)
    assert Adoption.objects.count() == 1
    link = f"/adoptions/confirm/{sign_link('adoption', adoption.secret)}/"
    client.get(link)
    assert Adoption.objects.get().confirmed_at is None
    client.post(link)
    client.force_login(final.people["facilitator"])
    client.post(f"/admin/consultation/{final.process.pk}/adoptions/1/", {"to": "published"})
    page = client.get(f"{final.address}adoptions/").content.decode()
    assert "Lamp League" in page
    assert "We &lt;b&gt;use&lt;/b&gt; it daily." in page
    assert "ada@example.org" not in page
    assert "no endorsement" in page
    assert "Lamp League" in client.get(f"{final.address}adoptions.csv").content.decode()


def test_adoption__revoked__stays_visible_as_revoked_and_counts_no_more(client, final):
    adoption = declare(final.process.current_edition, LEAGUE, new_secret(), timezone.now())
    adoptions.moderate(adoption, "published", timezone.now())
    assert adoptions.counts(Adoption.objects.public())["total"] == 1
    client.post(f"/adoptions/mine/{adoption.secret}/revoke/", {"reason": "We changed our lamps."})
    assert adoptions.counts(Adoption.objects.public())["total"] == 0
    assert "We changed our lamps." in client.get(f"{final.address}adoptions/").content.decode()


def test_adoption__of_a_draft__is_refused(client, consultation):
    with pytest.raises(NotFinal):
        declare(consultation.edition, LEAGUE, new_secret(), timezone.now())
    assert client.get(f"{consultation.address}adoptions/new/").status_code == 404


def test_adoption__of_an_edition_corrected_since__is_not_carried_over(client, final):
    adoption = declare(final.process.current_edition, LEAGUE, new_secret(), timezone.now())
    adoptions.moderate(adoption, "published", timezone.now())
    final.rewrite("three villages", "four villages")
    final.move("correct")
    page = client.get(f"{final.address}adoptions/").content.decode()
    assert "Declared of an earlier edition" in page


def test_counts__add_up(final):
    for _ in range(3):
        adoption = declare(final.process.current_edition, LEAGUE, new_secret(), timezone.now())
        adoptions.moderate(adoption, "published", timezone.now())
    found = adoptions.counts(Adoption.objects.public())
    assert sum(count for _label, count in found["groups"]) == found["total"] == 3
    assert sum(count for _label, count in found["regions"]) == 3
