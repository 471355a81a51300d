"""How a recovery code is kept: 50 bits under PBKDF2 with a salt, so that a stolen database does not give it away.

The codes of one set share their salt, so that one derivation compares a typed code with all ten. What is kept names its
algorithm and its rounds. Pure.
"""

import hashlib
import secrets

ALGORITHM = "pbkdf2-sha256"
CODES = 10
"""In a set, to be printed or written down."""
ROUNDS = 100_000
"""Some fifty milliseconds; with 50 bits a search takes 2^66 steps of the hash (OWASP asks 600,000 rounds of passwords,
which people choose)."""


def new_salt() -> str:
    return secrets.token_hex(16)


def kept(code: str, salt: str, rounds: int = ROUNDS) -> str:
    made = hashlib.pbkdf2_hmac("sha256", code.encode(), salt.encode(), rounds)
    return f"{ALGORITHM}${rounds}${salt}${made.hex()}"


def kept_like(code: str, other: str) -> str:
    """The code as it would be kept beside another; "" where that one is of another form."""
    parts = other.split("$")
    if len(parts) != 4 or parts[0] != ALGORITHM or not parts[1].isdecimal():
        return ""
    return kept(code, parts[2], int(parts[1]))
