"""Sign in over HTTP, as a browser does, with a second factor where one is wanted."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.factors import totp
from accounts.factors.services import add_app

RIGHT = "password of 2099"
HERE, ELSEWHERE = "192.0.2.66", "198.51.100.7"
LOGIN, STEP, FACTORS = "/admin/login/", "/admin/login/second-step/", "/admin/account/second-factor/"


def first_step(client: Any, person: Any, password: str = RIGHT, *, at: str = HERE, **more: str) -> Any:
    sent = {"username": person if isinstance(person, str) else person.username, "password": password, "next": "/admin/"}
    return client.post(LOGIN, sent | more, REMOTE_ADDR=at)


def second_step(client: Any, code: str, *, at: str = HERE) -> Any:
    return client.post(STEP, {"code": code}, REMOTE_ADDR=at)


def with_app(person: Any) -> str:
    """Give somebody an app; answers its secret. No code was taken yet."""
    secret = totp.new_secret()
    add_app(person, "Telephone", secret, 0)
    return secret


def code_of(secret: str, *, later: int = 0) -> str:
    """The code that an app shows now, or so many steps later."""
    moment = timezone.now() + timedelta(seconds=later * totp.SECONDS)
    return totp.code_at(secret, int(moment.timestamp()) // totp.SECONDS)


def is_in(client: Any) -> bool:
    return bool(client.get("/admin/").status_code == 200)
