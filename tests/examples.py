"""How many examples a property is tried on: half of what it was made for in the suite, all with EXAMPLES=full."""

import os

FULL = os.environ.get("EXAMPLES") == "full"


def examples(count: int) -> int:
    return count if FULL else count // 2
