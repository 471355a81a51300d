"""Reads a mailbox in the child process of `core.budgets`. Pure."""

from typing import Any

from core.budgets.budgeted_child import No
from formats.draft import UnreadableFile
from formats.mail.letters import Letter, Said, letters


def read(content: bytes, *, most: int) -> tuple[list[dict[str, Any]], bytes]:
    """(what each mail says, the bytes of all mails behind one another); one more than `most` at the most. Raises No."""
    found, raw = [], []
    try:
        for number, letter in enumerate(letters(content)):
            if number > most:
                break
            said = [[each.quote, each.words] for each in letter.said]
            found.append({"name": letter.name, "address": letter.address, "at": letter.at, "subject": letter.subject,
                          "said": said, "length": len(letter.content)})  # fmt: skip
            raw.append(letter.content)
    except UnreadableFile as error:
        raise No(str(error.why)) from error
    return found, b"".join(raw)


def from_answer(found: list[dict[str, Any]], raw: bytes) -> list[Letter]:
    """What the child said, as `letters` gives it."""
    told, begin = [], 0
    for each in found:
        said = tuple(Said(*pair) for pair in each["said"])
        content = raw[begin : begin + each["length"]]
        told.append(Letter(each["name"], each["address"], each["at"], each["subject"], said, content))
        begin += each["length"]
    return told
