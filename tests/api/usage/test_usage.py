"""Uses: what a reader opens is counted once, what a program fetches never, and nothing is kept of either."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from api.usage.counting_rules import is_reader
from api.usage.models import UsageCount
from api.usage.services import collect, folder, uses_of
from tests.bpf_pages.published import publish

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


@pytest.mark.parametrize(
    ("agent", "reads"),
    [
        (FIREFOX, True), (SAFARI, True), ("Lynx/2.9.0", True), ("", False), ("curl/8.5.0", False),
        ("python-requests/2.32", False), ("Sickle/0.7", False),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", False),
        ("Mozilla/5.0 (compatible; bingbot/2.0)", False), ("Mozilla/5.0 (compatible; archive.org_bot)", False),
        ("Mozilla/5.0 HeadlessChrome/120.0", False),
    ],
)  # fmt: skip
def test_reader__is_told_from_a_program_by_its_name(agent, reads):
    assert is_reader(agent) is reads
    assert not is_reader(agent, "prefetch;prerender")


@pytest.fixture
def edition(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    return publish()


def test_uses__of_readers_count_once_within_thirty_seconds_and_are_shown(client, edition):
    def ask(address, agent=FIREFOX, **more):
        return client.get(address, headers={"User-Agent": agent}, **more)

    file = f"{edition.permanent_address}document.txt"
    for _ in range(3):
        ask(edition.address)
    ask(edition.address, SAFARI)
    ask(f"/fr{edition.address}", SAFARI, REMOTE_ADDR="198.51.100.7")
    ask(edition.address, "curl/8.5.0")
    ask(file)
    ask(f"{edition.address}history/")
    client.head(edition.address, headers={"User-Agent": "Lynx/2.9.0"})
    ask(f"{edition.address}no/")
    said = (folder() / "lines").read_text()
    assert "127.0.0.1" not in said
    assert "Firefox" not in said
    assert "198.51" not in said
    assert collect(timezone.now()) == 4
    assert collect(timezone.now()) == 0
    row = UsageCount.objects.get()
    assert (row.edition, row.pages, row.files) == (edition, 3, 1)
    cache.clear()  # thirty seconds later
    ask(edition.permanent_address)
    collect(timezone.now())
    assert (uses_of(edition.series).pages, uses_of(edition.series).files) == (4, 1)
    assert "Read 4 times" in client.get(edition.address).content.decode()
    (told,) = client.get(f"/api/v1/documents/{edition.series}/uses").json()["items"]
    assert told == {"month": f"{timezone.now():%Y-%m}", "edition": edition.identifier, "pages": 4, "files": 1}
