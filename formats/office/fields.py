"""Fields of a text of Word (DOCX or RTF): what is code, what is its result, and where a result leads. Pure."""

import re
from dataclasses import dataclass, field

_WORDS = re.compile(r'"((?:\\.|[^"\\])*)"|(\S+)')
CONTENTS = frozenset({"TOC", "TOA", "INDEX"})


@dataclass(slots=True)
class Field:
    """code: pieces of its instruction. in_result: its code has ended."""

    code: list[str] = field(default_factory=list)
    in_result: bool = False
    href: str = ""

    @property
    def name(self) -> str:
        found = "".join(self.code).split()
        return found[0].upper() if found else ""

    @property
    def is_contents(self) -> bool:
        return self.name in CONTENTS

    @property
    def link(self) -> str | None:
        """The target of a HYPERLINK; "" where it only leads to a place of this document; None for another field."""
        if self.name != "HYPERLINK":
            return None
        target, anchor, switch = "", "", ""
        for quoted, bare in _WORDS.findall("".join(self.code).strip()[len("HYPERLINK") :]):
            if bare.startswith("\\"):
                switch = bare[1:2].lower()
            elif switch in ("l", "o", "t"):
                anchor = (quoted or bare) if switch == "l" else anchor
                switch = ""
            else:
                target = target or (quoted or bare).replace("\\\\", "\\")
                switch = ""
        return f"{target}#{anchor}" if target and anchor and "#" not in target else target

    @property
    def counts(self) -> str:
        """The name of the sequence a caption counts in, such as Table."""
        found = "".join(self.code).split()
        return found[1] if self.name == "SEQ" and len(found) > 1 else ""
