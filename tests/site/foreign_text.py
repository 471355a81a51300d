"""Which words of a page stand in another script or language than the page says, for whoever reads it aloud or sets it."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

SCRIPTS = {
    "latin": "A-Za-z\u00c0-\u024f",
    "arabic": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "cyrillic": "\u0400-\u04ff",
    "han": "\u3400-\u9fff",
}
SCRIPT_OF = {"ar": "arabic", "ru": "cyrillic", "zh": "han"}
WORD = {script: re.compile(rf"[{letters}]{{{1 if script == 'han' else 3},}}") for script, letters in SCRIPTS.items()}
NAMES = {
    "UTC", "IGF", "BPF", "MAG", "PDF", "JSON", "CSV", "XLSX", "BibTeX", "RIS", "CSL", "DataCite", "Dublin", "Core", "APA",
    "Chicago", "MLA", "IEEE", "Atom", "XML", "HTML", "EPUB", "DOCX", "Word", "Markdown", "SHA", "SHA-256", "OAI", "PMH",
    "OAI-PMH", "ISO", "DOI", "URL", "API", "HTTP", "ODT", "Excel", "OpenAPI", "Signposting", "RSS", "iCalendar", "OR", "AND",
    "NOT", "CC", "ZIP", "JSONL", "RFC", "FAIR", "Link", "Retry", "After", "DjVu", "Zotero", "JabRef", "EndNote", "Mendeley",
}  # fmt: skip
"""What is written so in every language."""
SPOKEN_BY_NOBODY = {"script", "style", "code", "pre", "kbd", "samp", "textarea", "template", "svg"}
NAMES_OF_PERSONS_AND_PLACES = "bdi"


def texts(html: str) -> Iterator[tuple[str, str, bool]]:
    """Each text of the body: (language it is said to be in, text, whether it is a name that no language owns)."""
    tree = LexborHTMLParser(html)
    said = (tree.root.attributes.get("lang") if tree.root else None) or ""
    if tree.body is not None:
        yield from _below(tree.body, said, is_name=False)


def _below(node: LexborNode, language: str, *, is_name: bool) -> Iterator[tuple[str, str, bool]]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            text = " ".join(child.text(deep=False).split())
            if text:
                yield language, text, is_name
        elif child.tag not in SPOKEN_BY_NOBODY:
            own = child.attributes.get("lang") or ""
            named = (is_name and not own) or (child.tag == NAMES_OF_PERSONS_AND_PLACES and not own)
            yield from _below(child, own or language, is_name=named)


def unmarked(html: str, known: dict[str, set[str]]) -> list[str]:
    """Texts that are not in the language that the page says they are in.

    Told by their script, and for languages of one script by known: language -> texts that are in it.
    """
    found = []
    for language, text, is_name in texts(html):
        own = SCRIPT_OF.get(language[:2], "latin")
        foreign = [
            word
            for script, pattern in WORD.items()
            if script != own
            for word in pattern.findall(text)
            if word not in NAMES
        ]
        elsewhere = any(text in known[other] for other in known if other[:2] != language[:2])
        if elsewhere or (foreign and not is_name):
            found.append(text)
    return found
