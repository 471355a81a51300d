"""One cleaner for what is pasted into the editor: read as foreign files are, answered as the editor's own blocks.

The editor asks while a person waits, and puts the plain text in where no answer comes (js/admin/cleaned-paste.js).
"""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bpf_pages.blocks.body import DocumentBody
from bpf_pages.blocks.plain import line_of_text
from bpf_pages.importing.services import block_value
from core.budgets import budgeted
from core.languages.lists import listed

BUDGET = budgeted.Budget(cpu=8, memory=384 * budgeted.MIB, wall=12.0, answer=20_000_000)
"""A person waits. 3,000 headings and 3,000 paragraphs (500 kB) took 3.5 s on a busy machine of two cores."""
MOST_BYTES = 2_000_000
"""As Django's own limit of what a form may hold, so that an answer says so."""
_BLOCK_END = re.compile(r"</(?:p|li|h[2-6])>")


@require_POST
def cleaned(request: HttpRequest) -> HttpResponse:
    """{content: of a rich text as the editor holds it, blocks: to stand behind it as {type, value}, said}.

    html, text: as the clipboard holds them. inline: the field takes a line of words. whole: no blocks can stand behind.
    inside: words stand behind the cursor, before which a long text is not parted; it is when the page is saved.
    """
    html, text = request.POST.get("html", ""), request.POST.get("text", "")
    content = (html or text).encode()
    if len(content) > MOST_BYTES:
        return JsonResponse(
            {"said": _("What you pasted is too long to be read; it was put in as plain text.")}, status=413
        )
    try:
        found, _nothing = budgeted.run("bpf_pages.importing.paste_job:read", content, {"is_html": bool(html)}, BUDGET)
    except (budgeted.Refused, budgeted.OverBudget):
        return JsonResponse({"said": _("What you pasted could not be read; it was put in as plain text.")}, status=422)
    inline = "inline" in request.POST
    stored = _as_one_text(found["parts"], inline) if inline or "whole" in request.POST else _as_blocks(found["parts"])
    if "inside" in request.POST:
        stored = _with_texts_joined(stored)
    return JsonResponse(_answer(stored, inline) | {"said": _told(found["left_out"], found["links"])})


def _told(left_out: int, dropped: list[str]) -> str:
    said = []
    if dropped:
        shown = listed(dict.fromkeys(dropped))[:300]
        said.append(_("Links that lead readers nowhere were taken away: %s.") % shown)
    if left_out:
        said.append(_("Comments, deleted or hidden words and the like were left out of what you pasted."))
    return " ".join(said)


def _as_blocks(parts: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    values = (block_value(part, {}) for part in parts)
    return [(kind, value) for kind, value in values if value]


def _with_texts_joined(stored: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for kind, value in stored:
        if kind == "text" and found and found[-1][0] == "text":
            found[-1] = ("text", found[-1][1] + value)
        else:
            found.append((kind, value))
    return found


def _as_one_text(parts: list[dict[str, Any]], inline: bool) -> list[tuple[str, Any]]:
    """Everything as one rich text: rows of a table become lines. inline: only paragraphs."""
    html = "".join(_as_text(part) for part in parts)
    if inline:
        lines = (
            re.sub(r"^(?:<(?:p|ul|ol|li|h[2-6])[^>]*>|</(?:ul|ol)>)+", "", line) for line in _BLOCK_END.split(html)
        )
        html = "".join(f"<p>{line}</p>" for line in lines if strip_tags(line).strip())
    return [("text", html)] if html else []


def _as_text(part: dict[str, Any]) -> str:
    if part["kind"] != "Grid":
        _kind, value = block_value(part, {})
        return str(value if isinstance(value, str) else value["text"])
    rows = [" | ".join(map(escape, part["headings"])), *(" | ".join(map(_cell, row)) for row in part["rows"])]
    return "".join(f"<p>{line}</p>" for line in (part["caption"], *rows) if line)


def _cell(html: str) -> str:
    return html.removeprefix("<p>").removesuffix("</p>")


def _answer(stored: list[tuple[str, Any]], inline: bool) -> dict[str, Any]:
    """As the forms of the editor hold them."""
    line, body = line_of_text(), DocumentBody()
    text = line if inline else body.child_blocks["text"]
    content = text.get_form_state(text.to_python(stored[0][1])) if stored and stored[0][0] == "text" else None
    rest = stored[1:] if content else stored
    blocks = []
    for kind, value in rest:
        block = body.child_blocks[kind]
        blocks.append({"type": kind, "value": block.get_form_state(block.to_python(value))})
    return {"content": content, "blocks": blocks}
