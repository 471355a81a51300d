"""Byte ranges of HTTP (RFC 9110, section 14): one range, or none. Pure."""

import re

_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


class Unsatisfiable(Exception):
    """The range lies beyond the end; the answer is 416."""


def requested(header: str, size: int) -> tuple[int, int] | None:
    """(first, last) byte, inclusive, or None for the whole: no header, several ranges, or one not understood."""
    match = _RANGE.match(header.strip())
    if not match or not (match[1] or match[2]):
        return None
    if not match[1]:
        length = int(match[2])
        if not length:
            raise Unsatisfiable
        return max(size - length, 0), size - 1
    first, last = int(match[1]), min(int(match[2] or size - 1), size - 1)
    if match[2] and int(match[2]) < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, last
