"""The parts of an office file, which is a zip of XML: opened within a budget, parsed without entities. Pure."""

import io
import zipfile
from typing import Any, TypeAlias

from lxml import etree

from core.budgets.archives import FAULTS, Limits, check_sizes
from core.budgets.budgeted_child import No
from formats.draft import Unreadable, UnreadableFile

LIMITS = Limits()

Element: TypeAlias = Any  # lxml brings no types of its own


class Archive:
    """Parts by name, whatever the case and slashes they were written with."""

    def __init__(self, content: bytes) -> None:
        """Raises UnreadableFile."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = self._zip.infolist()
        except FAULTS as error:
            raise UnreadableFile(Unreadable.BROKEN) from error
        try:
            check_sizes(members, LIMITS)
        except No as error:
            raise UnreadableFile(Unreadable.TOO_LARGE) from error
        self._members = {_plain(member.filename): member for member in members}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members

    def read(self, name: str) -> bytes:
        """b"" where there is no such part. Raises UnreadableFile."""
        member = self._members.get(_plain(name))
        if member is None:
            return b""
        if member.flag_bits & 1:
            raise UnreadableFile(Unreadable.LOCKED)
        try:
            return self._zip.read(member)
        except FAULTS as error:
            raise UnreadableFile(Unreadable.BROKEN) from error


def _plain(name: str) -> str:
    return name.replace("\\", "/").strip("/").casefold()


def parsed(xml: bytes) -> Element:
    """The root of a part. Raises UnreadableFile for what is no XML, declares a document type, or is too large."""
    if len(xml) > LIMITS.xml:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(Unreadable.BROKEN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(Unreadable.BROKEN)
    return root
