"""Questions that broke search boxes elsewhere. All must be answered, none with an error."""

import random
from collections.abc import Iterator

CASES = {
    "unbalanced quote": 'gover "nance',
    "only operators": "AND AND",
    "trailing OR": "a OR",
    "open parentheses": "((((a",
    "lone NOT": "NOT",
    "lone minus": "-",
    "lone star": "*",
    "backslash": "\\",
    "unknown field": "nosuch:thing",
    "address": "https://www.example.org/a?b=c&d=[1]",
    "open range": "[a TO",
    "regular expression": "/(a+)+$/",
    "regular expression bomb": "/" + "(a*)*" * 40 + "b/",
    "huge boost": "a^9999999999999999999",
    "huge distance": "internet~99",
    "near": "NEAR(a b, 10",
    "braces": "{title} : x",
    "NUL": "inter\x00net",
    "lone surrogate": "a\ud800b",
    "SQL": "'; DROP TABLE passages;--",
    "emoji": "🙂",
    "percent": "100%s %(q)s %",
    "long word": "a" * 10_000,
    "many words": "word " * 2_000,
    "many distinct words": " ".join(f"w{n}" for n in range(5_000)),
    "5,000 parentheses": "(" * 5_000 + "a" + ")" * 5_000,
    "100,000 parentheses": "(" * 100_000 + "a" + ")" * 100_000,
    "5,001 quotes": '"' * 5_001,
    "5,000 NOT": "NOT " * 5_000 + "a",
    "empty": "",
    "blanks": "   ",
    "very short prefix": "a*",
}

ALPHABET = [
    *'abc "()[]{}*~^-+:/\\|&!?.,ORANDNOT0189\x00\ud800🙂é中ا\u00a0\u3000\n\t',
    " year:",
    " title:",
    "..",
]


def random_strings(count: int, seed: int = 2099) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(count):
        yield "".join(chance.choices(ALPHABET, k=chance.randrange(60)))
