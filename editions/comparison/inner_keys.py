"""What of a passage's key does not name the block it stands in. Pure.

A paragraph that comes into another block, as where a long text is parted, brings this along: `<block>.<inner key>`.
"""

RUNNING_TEXT = frozenset({"heading", "paragraph", "item", "note"})
"""Kinds of passages that bring it along; of others it says only what part of their block they are, such as `head`."""


def inner_key(kind: str, key: str) -> str:
    """Empty where the passage has none."""
    return key.partition(".")[2] if kind in RUNNING_TEXT else ""
