"""What somebody pastes into the editor, into the parts of a body; in a child on a budget, as files are read."""

from dataclasses import asdict, replace
from typing import Any

from bpf_pages.importing.parts import body_of
from core.budgets.budgeted_child import No
from editions.document.model import Block, Document, Heading, Paragraph, Run
from formats import html, plain
from formats.draft import Doubt, Draft, UnreadableFile
from formats.web.drafting import Drafting


def read(content: bytes, *, is_html: bool) -> tuple[dict[str, Any], bytes]:
    """{parts, left_out: how many stretches, links: those that lead nowhere outside their author's machine}.

    content: UTF-8. Raises No.
    """
    try:
        text = content.decode("utf-8", errors="replace")
        drafting = Drafting()
        draft = html.read_text(text, drafting, whole_page=False) if is_html else plain.read(content, "paste.txt")
        body = body_of(_with_title(draft))
    except UnreadableFile as error:
        raise No(str(error.why)) from error
    except RecursionError as error:
        raise No("too deep") from error
    parts = [{"kind": type(part).__name__} | asdict(part) for part in body.parts]
    links = [finding.detail for finding in draft.findings if finding.doubt == Doubt.LINK_LEFT_OUT]
    return {"parts": parts, "left_out": len(draft.left_out), "links": links}, b""


def _with_title(draft: Draft) -> Document:
    """A title that a reader found is a heading of what was pasted, and its subtitle a paragraph."""
    document = draft.document
    head: list[Block] = []
    if document.title:
        head.append(Heading("title", 1, (Run(document.title),)))
    if document.subtitle:
        head.append(Paragraph("subtitle", (Run(document.subtitle),)))
    return replace(document, title="", subtitle="", blocks=(*head, *document.blocks))
