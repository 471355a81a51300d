"""What of a zipped office document would run, or fetch something that runs, on the machine of whoever opens it.

A part is what its package says it is, not what it is called: a project of macros under another name is found by its
content type, and a template that is fetched from the net by its relationship. A link to a template on the writer's own
disk or in the network of an office, which many leave behind, fetches nothing elsewhere and is let through.
"""

import html
import re
import zipfile
from urllib.parse import unquote

LONGEST_PART = 400_000
"""Bytes of a list of types or relationships; that of a book with a thousand pictures has about 150,000."""
LONGEST_IN_ALL = 4_000_000

RUNS_AS_TYPE = re.compile(r"macroenabled|vbaproject|vbadata|activex|ms-office\.script|x-msdownload", re.I)
RUNS_AS_ENDING = re.compile(
    r"\.(?:bat|cmd|com|cpl|dll|docm|dotm|exe|hta|jar|js|jse|lnk|msi|potm|ppam|ppsm|pptm|ps1|reg|scr|sct|vbe|vbs|wsf|"
    r"xla|xlam|xlsb|xlsm|xltm)$"
)
FETCHED = re.compile(r"/(?:attachedtemplate|oleobject|frame|subdocument|package|control|afchunk)$", re.I)
ELSEWHERE = re.compile(
    r"\s*(?!file:)[a-z][a-z0-9+.-]+:|\s*(?:file:)?(?://|/{4,})(?![a-z]:/)[^/]*[.@:][^/]*(?:/|$)", re.I
)
"""Of an address without escapes, whose strokes lean one way: every scheme but that of files, which a drive is none of,
and a share of a machine with a name of the Internet. Shares of an office have one word."""
RELATIONSHIP = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>", re.I | re.S)
ATTRIBUTE = re.compile(r"\b(Type|Target|TargetMode)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
DTD = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.I)


def runs(packed: zipfile.ZipFile) -> bool:
    """Whether anything in it does, or its lists are such that nobody can tell. Raises what zipfile raises of a broken
    file."""
    left = LONGEST_IN_ALL
    for member in packed.infolist():
        name = member.filename.casefold()
        if _is_code(name):
            return True
        is_types, is_links = name == "[content_types].xml", name.endswith(".rels")
        if not (is_types or is_links):
            continue
        with packed.open(member) as file:
            content = file.read(LONGEST_PART + 1)
        left -= len(content)
        if len(content) > LONGEST_PART or left < 0 or _says_so(content, is_types=is_types):
            return True
    return False


def _is_code(name: str) -> bool:
    parts = name.split("/")
    is_folder = {"basic", "scripts", "activex", "macros"} & set(parts)
    return bool(is_folder) or parts[-1].startswith("vba") or bool(RUNS_AS_ENDING.search(name))


def _says_so(content: bytes, *, is_types: bool) -> bool:
    """Without a parser, which a stranger could keep busy: references are resolved, a DTD is refused."""
    text = content.replace(b"\x00", b"").decode("utf-8", errors="replace")  # of UTF-16 what is Latin remains
    if DTD.search(text):
        return True
    if is_types:
        return bool(RUNS_AS_TYPE.search(html.unescape(text)))
    return any(_fetches(found.group()) for found in RELATIONSHIP.finditer(text))


def _fetches(relationship: str) -> bool:
    said = {name.casefold(): html.unescape(one or other) for name, one, other in ATTRIBUTE.findall(relationship)}
    kind, target = said.get("type", ""), said.get("target", "")
    if RUNS_AS_TYPE.search(kind):
        return True
    is_external = said.get("targetmode", "").strip().casefold() == "external"
    address = unquote(target).replace("\\", "/")
    return bool(is_external and FETCHED.search(kind.strip()) and ELSEWHERE.match(address))
