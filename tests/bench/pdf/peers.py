# ruff: noqa: C901, E501 - one case a block; style sheets on long lines
"""The same document for the peers: HTML for WeasyPrint, markup for typst. Both tagged, with contents, page x of y,

footnotes at the page's foot, links and repeated table heads, in the faces that we print with.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from editions.document.model import (
    Block,
    Document,
    Heading,
    Item,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Runs,
    Section,
    Table,
)
from editions.document.passages import plain
from pdf.text.typefaces import Style, chain

FACES = sorted({face.path for family in ("text", "sans") for face in chain(Style(family), "en", latin_word=False)[:2]})


def as_html(document: Document) -> str:
    notes = {note.key: note.runs for note in document.notes}

    def inline(runs: Runs) -> str:
        out = ""
        for run in runs:
            if run.note:
                out += f'<span class="note">{inline(notes[run.note])}</span>'
                continue
            piece = escape(run.text)
            piece = f"<b>{piece}</b>" if Mark.STRONG in run.marks else piece
            piece = f"<i>{piece}</i>" if Mark.EMPHASIS in run.marks else piece
            out += f'<a href="{escape(run.href)}">{piece}</a>' if run.href else piece
        return out

    def items(entries: tuple[Item, ...], ordered: bool) -> str:
        tag = "ol" if ordered else "ul"
        inner = "".join(
            f"<li>{inline(item.runs)}{items(item.items, item.ordered) if item.items else ''}</li>" for item in entries
        )
        return f"<{tag}>{inner}</{tag}>"

    def blocks(entries: tuple[Block, ...]) -> Iterator[str]:
        for block in entries:
            match block:
                case Heading():
                    yield f'<h{block.level + 1} id="{block.key}">{inline(block.runs)}</h{block.level + 1}>'
                case Paragraph():
                    yield f"<p>{inline(block.runs)}</p>"
                case ListBlock():
                    yield items(block.items, block.ordered)
                case Quote():
                    yield f"<blockquote><p>{inline(block.runs)}</p><p>{inline(block.attribution)}</p></blockquote>"
                case Section():
                    yield f"<h4>{inline(block.title)}</h4>"
                    yield from (f"<p>{detail.name}: {inline(detail.runs)}</p>" for detail in block.details)
                    yield from blocks(block.blocks)
                case Table():
                    yield f"<table><caption>{inline(block.caption)}</caption>"
                    for index, row in enumerate(block.rows):
                        tag = "th" if index < block.header_rows else "td"
                        cells = "".join(f"<{tag}>{inline(cell)}</{tag}>" for cell in row.cells)
                        yield f"<thead><tr>{cells}</tr></thead>" if tag == "th" else f"<tr>{cells}</tr>"
                    yield "</table>"

    heads = [block for block in document.blocks if isinstance(block, Heading)]
    toc = "".join(f'<li><a class="toc" href="#{block.key}">{escape(plain(block.runs))}</a></li>' for block in heads)
    faces = "".join(f"@font-face{{font-family:F{index};src:url(file://{path})}}" for index, path in enumerate(FACES))
    style = f"""{faces}
    @page {{ size: A4; margin: 88pt 76pt 82pt 70pt; @bottom-right {{ content: "Page " counter(page) " of " counter(pages) }} }}
    body {{ font: 10.8pt/1.43 F1, serif; hyphens: auto }} p, li {{ margin: 0 0 7.5pt 48pt }} table {{ font-size: 8.8pt }}
    .note {{ float: footnote; font-size: 8.7pt }} a.toc::after {{ content: target-counter(attr(href), page) }}
    td, th {{ border-bottom: .4pt solid grey; text-align: left; vertical-align: top }}"""
    return (
        f'<html lang="en"><head><title>{escape(document.title)}</title><style>{style}</style></head><body>'
        f"<h1>{escape(document.title)}</h1><ul>{toc}</ul>{''.join(blocks(document.blocks))}</body></html>"
    )


def as_typst(document: Document) -> str:
    notes = {note.key: note.runs for note in document.notes}

    def clean(text: str) -> str:
        return re.sub(r"([\\#*_`$<>@\[\]~=+/-])", r"\\\1", text)

    def inline(runs: Runs) -> str:
        out = ""
        for run in runs:
            if run.note:
                out += f"#footnote[{inline(notes[run.note])}]"
                continue
            piece = clean(run.text)
            piece = f"#strong[{piece}]" if Mark.STRONG in run.marks else piece
            piece = f"#emph[{piece}]" if Mark.EMPHASIS in run.marks else piece
            out += f'#link("{run.href}")[{piece}]' if run.href else piece
        return out

    def items(entries: tuple[Item, ...], ordered: bool) -> str:
        inner = "".join(
            f"[{inline(item.runs)}{items(item.items, item.ordered) if item.items else ''}]," for item in entries
        )
        return f"#{'enum' if ordered else 'list'}({inner})"

    def blocks(entries: tuple[Block, ...]) -> Iterator[str]:
        for block in entries:
            match block:
                case Heading():
                    yield f"{'=' * block.level} {inline(block.runs)}"
                case Paragraph():
                    yield inline(block.runs)
                case ListBlock():
                    yield items(block.items, block.ordered)
                case Quote():
                    yield f"#quote(block: true)[{inline(block.runs)} {inline(block.attribution)}]"
                case Section():
                    yield f"=== {inline(block.title)}"
                    yield from (f"{clean(detail.name)}: {inline(detail.runs)}" for detail in block.details)
                    yield from blocks(block.blocks)
                case Table():
                    rows = [", ".join(f"[{inline(cell)}]" for cell in row.cells) for row in block.rows]
                    columns = len(block.rows[0].cells)
                    table = f"table(columns: {columns}, table.header({rows[0]}), {', '.join(rows[1:])})"
                    yield f"#figure({table}, caption: [{inline(block.caption)}])"

    head = f"""#set document(title: "{document.title}", date: datetime(year: 2099, month: 3, day: 4))
#set page(paper: "a4", margin: (left: 70pt, right: 76pt, top: 88pt, bottom: 82pt), footer: context [Page #counter(page).display() of #counter(page).final().first()])
#set text(font: ("Source Serif 4", "Source Sans 3"), size: 10.8pt, lang: "en", region: "gb", hyphenate: true)
#set par(leading: 0.72em)
#show table: set text(8.8pt)
#show figure: set block(breakable: true)
#outline(depth: 2)
#pagebreak()
"""
    return head + "\n\n".join(blocks(document.blocks))


def print_weasyprint(document: Document, path: Path) -> None:
    from weasyprint import HTML

    HTML(string=as_html(document)).write_pdf(path, pdf_variant="pdf/ua-1")


def print_typst(document: Document, path: Path) -> None:
    import typst

    folders = sorted({str(Path(face).parent) for face in FACES})
    typst.compile(
        as_typst(document).encode(), output=str(path), font_paths=folders, ignore_system_fonts=True,
        pdf_standards=["a-2a", "ua-1"],
    )  # fmt: skip
