"""Whether the log of moves is complete and unchanged, and agrees with where each document stands."""

from collections.abc import Iterator

from core.hash_chain import chain_hash, seal
from workflow.deletion import attached_files
from workflow.forums.models import Forum
from workflow.forums.states import ForumState
from workflow.states import PUBLIC, State
from workflow.transitions.models import Process, TransitionLog


def findings() -> Iterator[str]:
    """One sentence per fault: a changed, missing or reordered row, a state at odds with the log. None = sound."""
    for process in Process.objects.order_by("pk").iterator():
        yield from _chain_faults(process)
        yield from _standing_faults(process)
    for forum in Forum.objects.prefetch_related("log").order_by("pk").iterator(chunk_size=100):
        yield from _forum_faults(forum)
    yield from attached_files.findings()


def _chain_faults(process: Process) -> Iterator[str]:
    previous: TransitionLog | None = None
    rows = list(process.log.order_by("ordinal").select_related("edition"))
    for expected, row in enumerate(rows, start=1):
        if row.ordinal != expected:
            yield f"{process.series}: row {expected} of the log is missing"
            return
        if row.previous_hash != (previous.hash if previous else ""):
            yield f"{row}: does not follow the row before it"
        if row.hash != chain_hash(row.previous_hash, row.content()):
            yield f"{row}: was changed after it was written"
        if row.by_name and row.by_seal != seal(row.by_name, row.by_salt):
            yield f"{row}: names another person than the one who acted"
        if row.edition and row.edition_hash != row.edition.sha256:
            yield f"{row}: points to an edition with another hash"
        previous = row
    if len(rows) != process.moves:
        yield f"{process.series}: {process.moves} moves were made, the log holds {len(rows)}"


def _standing_faults(process: Process) -> Iterator[str]:
    last = process.log.order_by("-ordinal").first()
    state = last.target if last else State.DRAFTING
    if process.state != state:
        yield f"{process.series}: stands at {process.state}, its log ends at {state}"
    current = process.current_edition
    if process.state in PUBLIC and current is None:
        yield f"{process.series}: is public by its state, but no edition is"
    if process.state in PUBLIC and current is not None and current.stage != process.state:
        yield f"{process.series}: stands at {process.state}, its edition says {current.stage}"
    if process.state == State.WITHDRAWN and current is not None:
        yield f"{process.series}: is withdrawn, but {current.identifier} is public"


def _forum_faults(forum: Forum) -> Iterator[str]:
    rows = sorted(forum.log.all(), key=lambda row: row.ordinal)
    if [row.ordinal for row in rows] != list(range(1, forum.moves + 1)):
        yield f"{forum}: {forum.moves} moves were made, the log holds {len(rows)}"
    state = rows[-1].target if rows else ForumState.RECEIVED
    if forum.state != state:
        yield f"{forum}: stands at {forum.state}, its log ends at {state}"
