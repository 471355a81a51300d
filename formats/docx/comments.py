"""The comments of a Word file: their words, who wrote them, what they answer, and whether they are settled. Pure."""

from dataclasses import dataclass, replace

from formats.docx.ledger_words import element_words
from formats.docx.package import Package, W, value

NO_WORDS = "[–]"
"""What is said of a comment that is a picture alone."""
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment. quote: the words it was put on, as they were before the changes; of an answer, the comment answered.

    is_resolved: somebody marked it as settled.
    """

    text: str
    author: str
    quote: str = ""
    is_resolved: bool = False


def remarks(package: Package) -> dict[str, Remark]:
    """By their ids."""
    found: dict[str, Remark] = {}
    ids: dict[str, str] = {}  # of comments, by that of their last paragraph
    for part in package.related("comments"):
        root = package.tree(part)
        for one in root.iterfind(f"{W}comment") if root is not None else ():
            sources = element_words(one, "comments", dict(package.relations(part)))
            text = "\n".join(source.text.strip() for source in sources if source.text.strip())
            found[value(one, "id")] = Remark(text or NO_WORDS, value(one, "author").strip())
            for paragraph in one.iter(f"{W}p"):
                ids[str(paragraph.get(f"{_W14}paraId", ""))] = value(one, "id")
    for part in package.related("commentsExtended"):
        root = package.tree(part)
        for one in root.iterfind(f"{_W15}commentEx") if root is not None else ():
            number = ids.get(str(one.get(f"{_W15}paraId", "")), "")
            if number in found:
                above = found.get(ids.get(str(one.get(f"{_W15}paraIdParent") or "-"), ""))
                is_resolved = str(one.get(f"{_W15}done", "")) in ("1", "true")
                quote = above.text if above is not None else ""
                found[number] = replace(found[number], quote=quote, is_resolved=is_resolved)
    return found
