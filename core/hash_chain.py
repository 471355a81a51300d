"""Hash chains of log rows, and seals that stand for a name inside them. Pure functions over JSON-ready content."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def chain_hash(previous: str, content: dict[str, Any]) -> str:
    """Hexadecimal SHA-256 over the hash of the row before and this row's content as sorted JSON."""
    body = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def seal(name: str, salt: str) -> str:
    """Stands for a name inside the hashed part of a row: the name can be erased and the hash still holds (ADR 0007)."""
    return hashlib.sha256(f"{salt}\n{name}".encode()).hexdigest()
