"""Keys of the pieces of a rich text: what comments and comparisons hold on to (docs/adr/0011). Pure."""

import hashlib
import re
from collections import Counter

KEY_ATTRIBUTE = "data-block-key"
"""Where Draftail writes the key of a paragraph, heading or list item."""

KEYED_TAG = re.compile(r"<(?:p|h[1-6]|li)(?:\s[^<>]*)?>")


class Keys:
    """Gives each piece of one text a key: its own, else one derived from its words, the same at every reading.

    One key found on two pieces with the same words is a copy, and the copy gets a key of its own. One key on two
    pieces with different words is left: which of them the comments belong to is not for a program to say, and
    `editions.document.validation` refuses the text, naming both.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.seen: Counter[tuple[str, str]] = Counter()

    def key(self, own: str, words: str) -> str:
        base = own or "x" + hashlib.sha256(words.encode()).hexdigest()[:10]
        self.seen[base, words] += 1
        copies = self.seen[base, words]
        return f"{self.prefix}.{base}" + (f"+{copies}" if copies > 1 else "")


class RowKeys:
    """Gives each row of a table a key from the source of its first cell, so that a row put in above renames none."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.seen: Counter[str] = Counter()

    def __call__(self, first_cell: str) -> str:
        digest = hashlib.sha256(first_cell.encode()).hexdigest()[:10]
        self.seen[digest] += 1
        return f"{self.table}.{digest}" + (f"+{self.seen[digest]}" if self.seen[digest] > 1 else "")


def keyed(html: str) -> str:
    """The rich text with a key on every p, heading and li that has none, so that the keys outlive an edit.

    Deterministic: the key comes from the order and the words that follow. Text from the editor already has keys.
    """
    count = 0

    def give(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        if KEY_ATTRIBUTE in match[0]:
            return match[0]
        digest = hashlib.sha256(f"{count}:{html[match.end() : match.end() + 80]}".encode()).hexdigest()[:10]
        return f'{match[0][:-1]} {KEY_ATTRIBUTE}="{digest}">'

    return KEYED_TAG.sub(give, html)
