"""What every instance needs before its processes start: tables, roles, documents, index. Each step may be repeated."""

from typing import Any

from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command

from search.services import drain
from workflow.access.role_holders import ensure_secretariat


def prepare(stdout: Any, *, load: bool, static: bool) -> None:
    """load: the sample library too. static: collect what a public site serves by its hash. Printing is left to the
    worker: a reader need not wait for it."""

    def say(text: str) -> None:
        stdout.write(text)
        stdout.flush()

    say("Preparing the database")
    call_command("migrate", interactive=False, verbosity=0)
    ensure_secretariat()
    if static:
        say("Collecting static files")
        collect_static()
    if load:
        say("Loading the library of all years")
        call_command("load_library", stdout=stdout)
    say("Bringing the index up to date")
    drain()


def collect_static() -> None:
    """Style and scripts of the pages, under the hashes by which pages name them. Where they are read from the code,
    as in development, there is nothing to do."""
    if isinstance(staticfiles_storage, ManifestFilesMixin):
        call_command("collectstatic", interactive=False, verbosity=0)
