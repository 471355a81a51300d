"""Check that every stored file is there and still has its hash; print again what is lost or damaged."""

from collections.abc import Iterator

from files.by_hash import faults_of
from pdf.printing.lost_files import all_files, print_again


def findings() -> Iterator[str]:
    """One sentence per fault: a file that is gone, or whose bytes have another hash. None = sound."""
    for row in all_files():
        yield from faults_of(row)


def mend() -> Iterator[str]:
    """Print again every file that is gone or damaged and says what is true today. One sentence each, of what was done.

    A damaged file is put aside under its name and `.damaged`: it stands where the right one has to be.
    """
    for row in [row for row in all_files() if any(faults_of(row))]:
        name, store = str(row.file.name), row.file.storage
        if store.exists(name):
            with row.file.open("rb") as file:
                store.save(f"{name}.damaged", file)
            store.delete(name)
        yield f"{row}: {'printed again' if print_again(row) else 'cannot be made again; restore it from a backup'}"
