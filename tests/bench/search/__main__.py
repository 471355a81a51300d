"""Run a bench of the search: `python -m tests.bench.search own | engines`, with the options that `--help` names."""

import sys

import django

django.setup()

from tests.bench.search import both_engines_command, own_engine_command  # noqa: E402  (the models need Django set up)

COMMANDS = {"own": own_engine_command.Command, "engines": both_engines_command.Command}

if __name__ == "__main__":
    name, *options = sys.argv[1:] or [""]
    if name not in COMMANDS:
        sys.exit(f"usage: python -m tests.bench.search {' | '.join(COMMANDS)}")
    COMMANDS[name]().run_from_argv(["bench", name, *options])
