"""Probes and metrics: what each asks, who is told what, and that nobody learns a secret."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from bpf_site.monitoring import health_checks, heartbeats
from bpf_site.monitoring.metrics import KINDS, kind_of

FROM_ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


def test_live__answers_without_a_database(client: Client) -> None:
    """No mark: a query would fail the test."""
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready__is_about_serving_and_not_about_what_runs_beside(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("bpf_site.monitoring.views.ailments", lambda: iter(()))
    assert client.get("/health/ready").status_code == 200
    monkeypatch.setattr("bpf_site.monitoring.views.ailments", lambda: iter(["the library is not loaded"]))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["problems"]) == (503, ["the library is not loaded"])


@pytest.mark.django_db
def test_deep__tells_everybody_what_fails_and_the_operator_what_to_do(client: Client) -> None:
    shown = client.get("/health/deep")
    assert shown.status_code == 503  # no worker, no clock
    worker = next(row for row in shown.json()["checks"] if row["check"] == "worker")
    assert worker["status"] == "failing"
    assert worker["found"]
    assert "manage.py work" in worker["mend"]
    seen = client.get("/health/deep", **FROM_ELSEWHERE).json()
    assert [row["check"] for row in seen["checks"]] == [check.key for check in health_checks.CHECKS]
    assert all(set(row) == {"check", "status"} for row in seen["checks"])


@pytest.mark.django_db
def test_deep__asked_in_a_loop__makes_work_once(client: Client, monkeypatch) -> None:
    calls = []
    monkeypatch.setattr(health_checks, "look", lambda now: calls.append(now) or [])
    cache.clear()
    for _ in range(5):
        assert client.get("/health/deep").json()["status"] == "ok"
    assert len(calls) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "given", "status"),
    [
        ("", {}, 200),
        ("", FROM_ELSEWHERE, 404),
        ("", {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404),  # through a proxy that nobody named
        ("", {"HTTP_FORWARDED": "for=203.0.113.7"}, 404),
        ("", {"HTTP_X_REAL_IP": "203.0.113.7"}, 404),
        ("", {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ("a token", {}, 404),
        ("a token", {"HTTP_AUTHORIZATION": "Bearer a tokem"}, 404),
        ("a token", {"HTTP_AUTHORIZATION": "Bearer a token", **FROM_ELSEWHERE}, 200),
        ("a token", {"HTTP_AUTHORIZATION": "Bearer ünïcode"}, 404),
    ],
)
def test_metrics__are_for_this_machine_or_the_token(client: Client, settings, setting, given, status) -> None:
    settings.METRICS_TOKEN = setting
    assert client.get("/metrics", **given).status_code == status


@pytest.mark.django_db
def test_metrics__are_read_by_prometheus(client: Client) -> None:
    heartbeats.worked(heartbeats.CLOCK, timezone.now() - timedelta(seconds=40))
    heartbeats.worked(f"{heartbeats.WORKER}one", timezone.now())
    heartbeats.failed(heartbeats.BACKUP, timezone.now(), OSError())  # it never worked
    client.get("/search/")
    text = client.get("/metrics").content.decode()
    found = {family.name: family for family in text_string_to_metric_families(text)}
    checked = {sample.labels["check"] for sample in found["bpf_check"].samples}
    assert checked == {check.key for check in health_checks.CHECKS}
    ages = {sample.labels["name"]: sample.value for sample in found["bpf_last_worked_seconds"].samples}
    assert 40 <= ages.pop("clock") < 60
    assert not ages, "neither of a worker nor of what never worked"
    kinds = {sample.labels["kind"] for sample in found["bpf_http_request_seconds"].samples}
    assert "search" in kinds
    assert {"bpf_tasks", "bpf_mails_waiting", "bpf_disk_free_bytes", "bpf_editions_public"} <= set(found)


@pytest.mark.django_db
def test_metrics_asked_for_in_a_loop__look_at_the_checks_once_in_some_seconds(client: Client, monkeypatch) -> None:
    asked: list[str] = []
    check = health_checks.Check("library", "Library", lambda now: iter(asked.append("") or ()), "")
    monkeypatch.setattr(health_checks, "CHECKS", (check,))
    assert [client.get("/metrics").status_code for _ in range(3)] == [200] * 3
    assert len(asked) == 1


def test_kinds__are_few_so_that_no_stranger_makes_a_new_one() -> None:
    assert {kind_of(path) for path in ("/", "/nowhere/", "/library/2099/x/", "/media/a.png")} == {"page", "file"}
    assert kind_of("/admin/login/") == "admin"
    assert len({kind for _begins, kind in KINDS}) <= 8


@pytest.mark.django_db
def test_probes__answer_without_tls(settings, client: Client) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/live").status_code == 200
    assert client.get("/metrics").status_code in {200, 404}
    assert client.get("/").status_code == 301
