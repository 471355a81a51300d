"""Characters of traditional Chinese as the simplified ones that mean the same. Pure.

The table comes with the package wordfreq (docs/adr/0096), one character for one, so that places stay what they are.
"""

import gzip
from functools import cache
from importlib.metadata import distribution

FILE = "wordfreq/data/_chinese_mapping.msgpack.gz"


def simplified(text: str) -> str:
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    import msgpack  # here, not above: read when a text or question is first met in these characters

    # The code of the package stays unloaded, which would take far longer than the table.
    with gzip.open(str(distribution("wordfreq").locate_file(FILE))) as file:
        return {int(code): to for code, to in msgpack.load(file, strict_map_key=False).items() if len(to) == 1}
