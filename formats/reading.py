"""Any foreign file as a draft with its ledger, whatever its name says it is. Pure.

What cannot be read is refused by `UnreadableFile`, and nothing else is raised.
"""

from formats.draft import Draft, Unreadable, UnreadableFile
from formats.kinds.readers import kind_of, reader_of
from formats.ledger import Ledger, account

FILE_LIMIT = 50_000_000  # bytes; the largest real outcome, with its pictures, has about 12 million


def read(name: str, content: bytes) -> tuple[Draft, Ledger]:
    """name: of the file, for its ending and for messages. Raises UnreadableFile, and nothing else."""
    try:
        if len(content) > FILE_LIMIT:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        reader = reader_of(kind_of(name, content))
        draft = reader.read(content, name)
        return draft, account(draft, reader.words(content))
    except UnreadableFile:
        raise
    except Exception as error:  # a broken file breaks a reader in more ways than can be told; all mean the same
        raise UnreadableFile(Unreadable.BROKEN) from error
