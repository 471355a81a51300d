"""Where the values that differ between machines come from: the environment, then `BPF_DATA/secrets.env`."""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[2]

env = environ.Env()
DATA = Path(env.str("BPF_DATA", default=str(ROOT / "var"))).resolve()
DATA.mkdir(parents=True, exist_ok=True)  # SQLite and the index need the folder before anything else runs
if (DATA / "secrets.env").exists():
    env.read_env(str(DATA / "secrets.env"))
