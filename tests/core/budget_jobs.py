"""Jobs that a child of core.budgets.budgeted does badly."""

import os
import signal
import socket
import time
from typing import Any

from core.budgets.budgeted_child import No


def echo(content: bytes, **options: Any) -> tuple[Any, bytes]:
    return options, content[::-1]


def spin(content: bytes) -> tuple[Any, bytes]:
    while True:  # the budget ends it
        pass


def sleep(content: bytes, *, note: str = "") -> tuple[Any, bytes]:
    if note and os.fork() == 0:
        time.sleep(600)
    time.sleep(600)
    return None, b""


def eat(content: bytes) -> tuple[Any, bytes]:
    return None, b"x" * (2 * 1024**3)


def shout(content: bytes) -> tuple[Any, bytes]:
    return None, b"x" * (8 * 1024**2)


def die(content: bytes) -> tuple[Any, bytes]:
    os.kill(os.getpid(), signal.SIGSEGV)
    return None, b""


def fail(content: bytes) -> tuple[Any, bytes]:
    raise ZeroDivisionError


def refuse(content: bytes) -> tuple[Any, bytes]:
    raise No("of no use", "at all")


def lie(content: bytes) -> tuple[Any, bytes]:
    os.write(1, b"999             not what a child answers")
    os._exit(0)


def reach(content: bytes, *, port: int) -> tuple[Any, bytes]:
    with socket.socket() as one:
        one.settimeout(2)
        return one.connect_ex(("127.0.0.1", port)), b""


def write(content: bytes, *, path: str) -> tuple[Any, bytes]:
    try:
        with open(path, "wb") as file:
            file.write(b"x")
    except OSError as error:
        return error.errno, b""
    return 0, b""


def secrets(content: bytes) -> tuple[Any, bytes]:
    return dict(os.environ), b""
