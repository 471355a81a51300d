"""Let the model of meaning read every public edition that it has not read yet."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.meaning import embedders, query_vector
from search.meaning.embedders import NoMeaning
from search.meaning.services import embed_waiting, missing

AT_ONCE_S = 5.0  # between two lines of progress


class Command(BaseCommand):
    help = "Make the vectors of every public edition that has none. The worker and tick do so too, a little at a time."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        try:
            embedder = embedders.current()
        except NoMeaning as error:
            raise CommandError(error.reason or "SEARCH_EMBEDDER names no model: words alone are searched") from error
        while left := len(missing(embedder)):
            if verbosity:
                self.stdout.write(f"{left} editions to read")
            if not embed_waiting(AT_ONCE_S) and len(missing(embedder)) == left:
                raise CommandError("nothing could be read; the log says why")
        embed_waiting(AT_ONCE_S)
        if trouble := query_vector.trouble():
            raise CommandError(trouble)
