"""What an EPUB book, a Word file and an Akoma Ntoso document say, from their XML alone."""

import io
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from editions.document.model import Document
from editions.document.passages import PassageKind, passages
from formats.office.bookmarks import bookmark_of
from tests.pdf.every_form.sample import Said, tidy

XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = etree._Element


def _name(element: Element) -> str:
    return etree.QName(element).localname


def _pieces(element: Element, is_besides: Callable[[Element], bool], language: str) -> Iterator[tuple[str, str]]:
    """(language, text) of an element of a markup language, without what is not of its text."""
    language = element.get("lang") or element.get(XML_LANGUAGE) or language
    yield language, element.text or ""
    for child in element:
        if _name(child) == "br":
            yield language, "\n"
        elif not is_besides(child):
            yield from _pieces(child, is_besides, language)
        yield language, child.tail or ""


def _around(element: Element) -> str:
    """The language in which an element stands."""
    return next(found for each in element.iterancestors() if (found := each.get("lang") or each.get(XML_LANGUAGE)))


def of_book(content: bytes, document: Document) -> Said:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        roots = [etree.fromstring(file.read(name)) for name in file.namelist() if "/text-" in name]
    by_id = {one.get("id"): one for root in roots for one in root.iter() if one.get("id")}
    found: Said = {}
    for passage in passages(document):
        element = by_id[passage.anchor]
        parts = list(element) if passage.kind == PassageKind.ROW else [element]
        if passage.kind == PassageKind.FIGURE:
            parts = [one for one in element if _name(one) == "figcaption"]
        read = [list(_pieces(part, _besides_in_a_book, _around(part))) for part in parts]
        if passage.kind == PassageKind.NOTE:
            read[0] = _behind(read[0], ". ")
        found[passage.anchor] = tidy(read)
        if passage.kind == PassageKind.QUOTE:
            for by in [one for one in element.itersiblings() if one.get("class") == "by"][:1]:
                found[f"{passage.anchor}-by"] = tidy(
                    [_behind(list(_pieces(by, _besides_in_a_book, _around(by))), "— ")]
                )
    return found


def _besides_in_a_book(element: Element) -> bool:
    is_list = _name(element) in ("ul", "ol")
    return (
        is_list
        or element.get("class") in ("number", "caption-number")
        or element.get("role") in ("doc-noteref", "doc-backlink")
    )


def _behind(pieces: list[tuple[str, str]], sign: str) -> list[tuple[str, str]]:
    place = next(place for place, (_, text) in enumerate(pieces) if sign in text)
    language, text = pieces[place]
    return [(language, text.partition(sign)[2]), *pieces[place + 1 :]]


def of_akoma_ntoso(content: bytes, document: Document) -> Said:
    by_id = {one.get("eId"): one for one in etree.fromstring(content).iter() if one.get("eId")}
    found: Said = {}
    for passage in passages(document):
        element = by_id[passage.anchor]
        parts = list(element) if passage.kind == PassageKind.ROW else [element]
        found[passage.anchor] = tidy([list(_pieces(part, _besides_in_a_statement, _around(part))) for part in parts])
        if passage.kind == PassageKind.QUOTE:
            for by in [one for one in element.itersiblings() if one.get("name") == "attribution"][:1]:
                found[f"{passage.anchor}-by"] = tidy([list(_pieces(by, _besides_in_a_statement, _around(by)))])
    return found


def _besides_in_a_statement(element: Element) -> bool:
    return _name(element) in ("ul", "ol", "authorialNote", "noteRef")


def of_word_file(content: bytes, document: Document) -> Said:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        roots = [etree.fromstring(file.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    starts = {one.get(f"{W}name"): one for root in roots for one in root.iter(f"{W}bookmarkStart")}
    found: Said = {}
    for passage in passages(document):
        paragraph = starts[bookmark_of(passage.key)].getparent()
        parts = [paragraph]
        if passage.kind == PassageKind.ROW:
            row = next(paragraph.iterancestors(f"{W}tr"))
            parts = [cell.find(f"{W}p") for cell in row.iterchildren(f"{W}tc")]
        read = [list(_words(part, document.language)) for part in parts]
        if passage.kind == PassageKind.DETAIL:
            read[0] = read[0][1:]
        if passage.kind == PassageKind.QUOTE and any("— " in text for _, text in read[0]):
            place = next(place for place, (_, text) in enumerate(read[0]) if "— " in text)
            found[f"{passage.anchor}-by"] = tidy([_behind(read[0], "— ")])
            read = [read[0][:place]]
        found[passage.anchor] = tidy(read)
    return found


def _words(paragraph: Element, language: str) -> Iterator[tuple[str, str]]:
    for run in paragraph.iter(f"{W}r"):
        look = run.find(f"{W}rPr")
        style = look.find(f"{W}rStyle") if look is not None else None
        if style is not None and style.get(f"{W}val") in ("PassageNumber", "FootnoteReference", "CaptionNumber"):
            continue
        said = look.find(f"{W}lang") if look is not None else None
        own = (said.get(f"{W}bidi") or said.get(f"{W}val")) if said is not None else language
        yield own, "".join("\n" if one.tag == f"{W}br" else one.text or "" for one in run if one.tag != f"{W}rPr")
