"""A mail into a draft, or a mailbox into one with a heading for each mail. Pure."""

import base64
import re
from dataclasses import replace
from html import unescape

from editions.document.model import Block, Heading, Mark, Paragraph, Run
from formats.draft import Doubt, Draft, Reason, Unreadable, UnreadableFile
from formats.html.reading import read_blocks
from formats.mail.messages import Mail, TextPart, mails
from formats.mail.quotations import leave_out_quotations, parted_plain
from formats.plain.reading import read_lines
from formats.web.drafting import Drafting
from formats.web.languages import without_language
from formats.web.structure import levels_without_gaps

_SOURCE = re.compile(r"""(\bsrc\s*=\s*["']?)([^"'\s>]{1,2000})""", re.IGNORECASE)
_ANSWER = re.compile(r"^(?:(?:re|aw|fwd?|wg|sv|tr|rv|antw|回复|答复)(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)


def read(content: bytes, name: str) -> Draft:
    """Raises UnreadableFile."""
    found = list(mails(content))
    if not found:
        raise UnreadableFile(Unreadable.FORMAT)
    drafting = Drafting()
    if len(found) == 1:
        blocks, language = _blocks(found[0], drafting)
        mail = found[0]
        draft = drafting.draft(
            mail.headers.get("Subject", ""), levels_without_gaps(blocks), language=language, author=mail.author,
            written_at=mail.written_at,
        )  # fmt: skip
        return without_language(draft, language)
    return drafting.draft(
        _shared_subject(found), levels_without_gaps(_thread(found, drafting)), written_at=found[0].written_at
    )


def _thread(found: list[Mail], drafting: Drafting) -> list[Block]:
    return [block for mail in found for block in _headed(mail, drafting)]


def _headed(mail: Mail, drafting: Drafting) -> list[Block]:
    """One of several: below a heading with its subject, and a line that says whose it is and when it was written."""
    heading = drafting.new_key()
    byline = drafting.new_key()
    blocks, _ = _blocks(mail, drafting)
    told: list[Block] = [Heading(heading, 1, (Run(mail.headers.get("Subject", "") or "—"),))]
    date = mail.written_at.strftime("%Y-%m-%d %H:%M") if mail.written_at else ""
    if said := ", ".join(filter(None, (mail.author, date))):
        told.append(Paragraph(byline, (Run(said, frozenset({Mark.EMPHASIS})),)))
    told.extend(replace(block, level=block.level + 1) if isinstance(block, Heading) else block for block in blocks)
    return told


def _shared_subject(found: list[Mail]) -> str:
    subjects = {_ANSWER.sub("", mail.headers.get("Subject", "")).strip() for mail in found}
    return subjects.pop() if len(subjects) == 1 else ""


def _blocks(mail: Mail, drafting: Drafting) -> tuple[list[Block], str]:
    for name, said in mail.headers.items():
        drafting.leave_out(Reason.METADATA, said, name)
    blocks: list[Block] = []
    language = ""
    for forms in mail.texts:
        best = _best(forms)
        for form in forms:
            if not form.text.certain and form is best:
                drafting.find(Doubt.ENCODING, form.text.charset)
        if best.is_html:
            found, its_language = _page(best, mail, drafting)
            blocks += found
            language = language or its_language
        else:
            blocks += _plain(best, drafting)
        for form in forms:
            if form is not best:
                drafting.leave_out(Reason.DOUBLE, _bare(form), "plain text" if not form.is_html else "HTML")
    for letter in mail.letters:  # as a person opens them from the mail: behind its own words
        blocks += _headed(letter, drafting)
    for attachment in mail.attachments:
        drafting.find(Doubt.ATTACHMENT, attachment)
    return blocks, language


def _page(page: TextPart, mail: Mail, drafting: Drafting) -> tuple[list[Block], str]:
    text = _with_pictures(page.text.text, mail)
    found = read_blocks(text, drafting, whole_page=False, leave_out_more=leave_out_quotations, address=page.address)
    if found.head.title:
        drafting.leave_out(Reason.METADATA, found.head.title, "title")
    titles = [Heading(drafting.new_key(), 1, (Run(said),)) for said in (found.title, found.subtitle) if said]
    return [*titles, *found.blocks], found.head.language


def _best(forms: list[TextPart]) -> TextPart:
    said = [form for form in forms if _bare(form)]
    return said[-1] if said else forms[-1]


def _bare(form: TextPart) -> str:
    if not form.is_html:
        return " ".join(form.text.text.split())
    from formats.html.ledger_words import words_in

    return " ".join(source.text for source in words_in(form.text.text))


def _plain(part: TextPart, drafting: Drafting) -> list[Block]:
    blocks: list[Block] = []
    for reason, stretch in parted_plain(part.text.text.replace("\x0c", "\n")):
        if reason is None:
            text = _unflowed(stretch, part.joined) if part.flowed else stretch
            blocks += read_lines(text, drafting, quotes=not part.flowed)
        else:
            place = "" if reason != Reason.METADATA else "signature"
            drafting.leave_out(reason, stretch, place)
    return blocks


def _unflowed(text: str, joined: bool) -> str:
    """Each paragraph that was cut on one line, apart from what stands next to it (RFC 3676).

    A space at the beginning of a line is not of the text, and one at its end says that the next line goes on; joined:
    without that space, as in scripts that have none, so that a hyphen before it is the text's own.
    """
    told: list[str] = []
    open_line: str | None = None
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        flows = line.endswith(" ") and line != "-- "
        said = line[:-1] if flows and joined else line
        if open_line is None and not flows:
            told.append(line)
        elif flows:
            open_line = (open_line or "") + said
        else:
            told += ["", (open_line or "") + said, ""]
            open_line = None
    if open_line is not None:
        told += ["", open_line, ""]
    return "\n".join(told)


def _with_pictures(html: str, mail: Mail) -> str:
    """Pictures that lie in the mail, at the places that name them."""

    def taken(found: re.Match[str]) -> str:
        kind, content = mail.pictures.get(unescape(found[2]), ("", b""))
        return f"{found[1]}data:{kind};base64,{base64.b64encode(content).decode()}" if kind else found[0]

    return _SOURCE.sub(taken, html) if mail.pictures else html
