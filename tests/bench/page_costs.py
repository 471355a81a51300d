"""CPU of one request for a document page beside a page of stock Wagtail with the same text; printed by `make bench`.

Two processes, each with one application and no web server before it, are asked in turn: what neighbours of the machine
take, they take from both. The unit is CPU time of the process; what is compared is the ratio (docs/performance.md).

    python -m tests.bench.page_costs
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

ROUNDS, REQUESTS = 15, 60
BARS = {"cached": 0.5, "cached, compressed": 0.5, "uncached": 1.5, "uncached, frame too": 1.5}
"""Times what stock Wagtail takes."""
NOT_CHANGED_BAR_MS = 1.0


def text() -> str:
    """Twelve paragraphs of 65 words by chance, as tests.bench.requests writes them."""
    chance = random.Random(2099)
    words = [f"word{n}" for n in range(2000)]
    paragraphs = (f"<p>{' '.join(chance.choices(words, k=65)).capitalize()}.</p>" for _ in range(12))
    return f"<h2>Made text</h2>{''.join(paragraphs)}"


# --- one application, in a process of its own ---------------------------------------------------------------------


def prepared_stock() -> str:
    from wagtail.models import Page

    from tests.bench.stock_wagtail.models import TextPage

    home = Page.objects.get(depth=2)
    page = home.add_child(instance=TextPage(title="Made document", slug="made", body=[("text", text())]))
    page.save_revision().publish()
    return "/made/"


def prepared_library() -> str:
    from bpf_pages.models.outcome import OutcomePage
    from tests.bench.requests import cast
    from workflow.transitions.services import perform, process_of

    user, forums = cast()
    page = OutcomePage(title="Made document", slug="made", summary="Made.", live=False)
    page.body = [("text", text())]
    page = forums[0].add_child(instance=page)
    row = perform(process_of(page), "record", user, data={"public_source": "Made for a measurement"})
    return str(row.edition.address)


def asking(address: str) -> Callable[[dict[str, str]], tuple[str, dict[str, str], int]]:
    """A function that asks the application of this process: headers -> status, headers, length of the body."""
    from django.core.wsgi import get_wsgi_application

    application: Any = get_wsgi_application()

    def ask(headers: dict[str, str]) -> tuple[str, dict[str, str], int]:
        told: dict[str, Any] = {}

        def begin(status: str, sent: list[tuple[str, str]], error: Any = None) -> None:
            told.update(status=status, headers=dict(sent))

        environment = {
            "REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000", "HTTP_HOST": "127.0.0.1:8000", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": sys.stdin.buffer,
            "wsgi.errors": sys.stderr, **headers,
        }  # fmt: skip
        answer = application(environment, begin)
        length = sum(len(part) for part in answer)
        answer.close()
        return told["status"], told["headers"], length

    return ask


def child(kind: str) -> None:
    """Answers each line of standard input, the name of a way to ask, with the CPU ms of one such request."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from core.rendering import template_parts

    call_command("migrate", verbosity=0)
    ask = asking(prepared_stock() if kind == "stock" else prepared_library())
    if kind == "stock":
        ways: dict[str, dict[str, str]] = {"stock": {}}
    else:
        settings.STORED_PAGES = True
        _status, headers, _length = ask({})
        ways = {"uncached": {}, "uncached, frame too": {}, "cached": {},
                "cached, compressed": {"HTTP_ACCEPT_ENCODING": "gzip"},
                "304": {"HTTP_IF_NONE_MATCH": headers["ETag"]}}  # fmt: skip
    for line in sys.stdin:
        way = line.strip()
        settings.STORED_PAGES = not way.startswith("uncached")
        wanted = "304 Not Modified" if way == "304" else "200 OK"
        for _ in range(5):
            assert ask(ways[way])[0] == wanted
        begun = time.process_time()
        for _ in range(REQUESTS):
            if way == "uncached, frame too":
                template_parts._kept.clear()
            ask(ways[way])
        print(json.dumps(1000 * (time.process_time() - begun) / REQUESTS), flush=True)  # noqa: T201


# --- both, in turn ------------------------------------------------------------------------------------------------


def started(kind: str, folder: str) -> Any:
    module = "tests.bench.stock_wagtail.settings" if kind == "stock" else "bpf_site.settings.dev"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": module, "BENCH_DATA": folder, "BPF_DATA": folder}
    command = [sys.executable, "-m", "tests.bench.page_costs", "--child", kind]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def measured(rounds: int) -> dict[str, list[float]]:
    """Way to ask -> CPU ms in each round."""
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="bpf-bench-") as folder:
        stock, library = started("stock", folder), started("library", folder)
        with stock, library:
            for _ in range(rounds):
                for process, way in ((stock, "stock"), *((library, each) for each in (*BARS, "304"))):
                    process.stdin.write(f"{way}\n")
                    process.stdin.flush()
                    found.setdefault(way, []).append(json.loads(process.stdout.readline()))
            stock.stdin.close()
            library.stdin.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--child")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    if options.child:
        child(options.child)
        return
    found = measured(options.rounds)
    stock = found["stock"]
    print(f"{'stock Wagtail':24}{statistics.median(stock):8.2f} ms CPU")  # noqa: T201
    for way, bar in BARS.items():
        ratio = statistics.median(ours / theirs for ours, theirs in zip(found[way], stock, strict=True))
        met = "met" if ratio <= bar else "NOT MET"
        print(f"{way:24}{statistics.median(found[way]):8.2f} ms CPU {ratio:6.2f} of stock, bar {bar}: {met}")  # noqa: T201
    least = statistics.median(found["304"])
    met = "met" if least <= NOT_CHANGED_BAR_MS else "NOT MET"
    print(f"{'304':24}{least:8.2f} ms CPU, bar {NOT_CHANGED_BAR_MS}: {met}")  # noqa: T201


if __name__ == "__main__":
    main()
