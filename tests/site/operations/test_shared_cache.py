"""Two web processes on one Redis, with nothing else in common but the database; and what happens when it is away."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.test import Client

from bpf_site.settings.base import cache_at
from tests.load.server import ROOT, database_url
from tests.search_parity.conftest import free_ports

pytestmark = pytest.mark.django_db(transaction=True)

SESSIONS = "django.contrib.sessions.backends.cached_db"
TRY = """
from django.core.cache import cache
cache.add("tries", 0)
print(cache.incr("tries"))
"""
SIGN_IN = """
from django.contrib.auth import get_user_model
from django.test import Client
client = Client()
client.force_login(get_user_model().objects.get(username="keeper"))
print(client.cookies["sessionid"].value)
"""
KEPT = """
from importlib import import_module
from django.conf import settings
from django.core.cache import cache
store = import_module(settings.SESSION_ENGINE).SessionStore("{session}")
print("_auth_user_id" in store.load(), store.cache_key in cache)
"""


class Redis:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_ports(1)
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [
            "redis-server",
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self.process.stdout
        for line in self.process.stdout:
            if b"Ready to accept connections" in line:
                return
        raise AssertionError("redis-server did not come up")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.communicate(timeout=30)
            self.process = None


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if not os.environ.get("CI"):
        pytest.importorskip("redis", reason="pip install -r requirements-redis.txt")
        if not shutil.which("redis-server"):
            pytest.skip("no redis-server on this machine")
    server = Redis(tmp_path)
    server.start()
    yield server
    server.stop()


def process(folder: Path, url: str, script: str) -> str:
    environment = os.environ | {
        "BPF_DATA": str(folder), "DATABASE_URL": database_url(), "CACHE_URL": url, "SESSION_ENGINE": SESSIONS,
        "SECRET_KEY": "the same on both", "DJANGO_SETTINGS_MODULE": "bpf_site.settings.dev", "ELASTICSEARCH_URL": "",
    }  # fmt: skip
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", script]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_one_process_counts_and_signs_in__the_other_knows(redis: Redis, tmp_path: Path) -> None:
    get_user_model().objects.create_superuser("keeper")
    a, b = tmp_path / "a", tmp_path / "b"
    assert [process(folder, redis.url, TRY) for folder in (a, b)] == ["1", "2"]
    tries, session = process(a, redis.url, TRY + SIGN_IN).split()
    assert tries == "3"
    assert process(b, redis.url, KEPT.format(session=session)) == "True True"
    redis.stop()
    assert process(b, redis.url, KEPT.format(session=session)) == "True False"  # from the database


@pytest.fixture
def cached(redis: Redis, settings: Any) -> None:
    """This process, with its cache there."""
    settings.CACHES = {"default": cache_at(redis.url)}
    settings.SESSION_ENGINE = SESSIONS


def test_a_cache_that_goes_away_and_comes_back__costs_no_page_and_no_sign_in(
    redis: Redis, cached: None, client: Client
) -> None:
    user = get_user_model().objects.create_superuser("keeper", password="harbour lamps of 2099")
    assert caches["default"].set("lamp", "lit") is None
    assert caches["default"].get("lamp") == "lit"
    redis.stop()
    begun = time.monotonic()
    assert client.get("/api/v1/search", {"q": "lamps"}).status_code == 200
    signed_in = client.post("/admin/login/", {"username": user.username, "password": "harbour lamps of 2099"})
    assert signed_in.status_code == 302
    assert client.get("/admin/").status_code == 200
    assert time.monotonic() - begun < 10
    assert caches["default"].get("lamp", "dark") == "dark"
    redis.start()
    assert client.get("/admin/").status_code == 200
    assert caches["default"].get_or_set("lamp", "lit again") == "lit again"


def test_a_server_that_hangs__is_waited_for_half_a_second(redis: Redis, cached: None) -> None:
    assert redis.process
    caches["default"].set("lamp", "lit")
    os.kill(redis.process.pid, signal.SIGSTOP)
    try:
        begun = time.monotonic()
        assert caches["default"].get("lamp", "dark") == "dark"
        assert time.monotonic() - begun < 2
    finally:
        os.kill(redis.process.pid, signal.SIGCONT)
    assert caches["default"].get("lamp") == "lit"
