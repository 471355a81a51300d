"""Where the values that differ between machines come from: the environment, then `BPF_DATA/secrets.env`."""

import contextlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[3]

# What the library makes only its own account reads: database, index, uploads, whatever a library beneath us creates.
os.umask(0o077)

env = environ.Env()
DATA = Path(env.str("BPF_DATA", default=str(ROOT / "var"))).resolve()
DATA.mkdir(parents=True, exist_ok=True)  # SQLite and the index need the folder before anything else runs
SECRETS = DATA / "secrets.env"
if SECRETS.exists():
    env.read_env(str(SECRETS))


def keep_private(paths: Iterable[Path]) -> None:
    """Take from everybody else what was made while others could read it. What is not ours to change stays."""
    for path in paths:
        with contextlib.suppress(OSError):
            mode = path.stat().st_mode
            if mode & 0o077:
                path.chmod(mode & 0o700)


def write_local_secrets() -> None:
    """Give an instance on one machine a secret key and an editor's password of its own, readable by its owner only."""
    if "SECRET_KEY" in env.ENVIRON:
        return
    SECRETS.touch(mode=0o600)
    with SECRETS.open("a") as handle:
        handle.write(f"SECRET_KEY={secrets.token_urlsafe(48)}\nEDITOR_PASSWORD={secrets.token_urlsafe(9)}\n")
    env.read_env(str(SECRETS))
