"""A foreign file is read in a child process on a budget, or refused in words that a person can act on."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.budgets import budgeted
from formats.draft import Doubt, Reason, Unreadable, UnreadableFile
from formats.reading import FILE_LIMIT

BUDGET = budgeted.Budget(cpu=5, memory=512 * budgeted.MIB, wall=30.0, answer=100_000_000)
"""A made report of 162 pages in Word takes 1.5 s and 90 MB (tests/bpf_pages/importing/test_budget.py)."""
PDF_BUDGET = budgeted.Budget(cpu=30, memory=768 * budgeted.MIB, wall=120.0, answer=100_000_000)
"""A PDF says where letters stand, not what they are: finding it out takes up to 20 s for 200 pages."""

REFUSALS = {
    Unreadable.FORMAT: _(
        "Files of this kind cannot be read. Word (.docx), OpenDocument (.odt), RTF, PDF, web pages (.html), Markdown, "
        "plain text and mails (.eml) can: save the document as one of these."
    ),
    Unreadable.BROKEN: _("The file cannot be read. Open it in the program that wrote it, save it again, and retry."),
    Unreadable.TOO_LARGE: _("The file is too large. Leave out images, or divide it into several documents."),
    Unreadable.LOCKED: _("The file is locked by a password. Save it without one, and retry."),
    Unreadable.SCANNED: _(
        "The file holds pictures of pages and no text. Have its letters recognised by another program first, or bring "
        "in the file that was printed."
    ),
    Unreadable.TOO_PACKED: _(
        "The file unpacks to far more than a document of its size holds, so it was not read. "
        "Copy the text into a new document, save it, and retry."
    ),
    Unreadable.TOO_COSTLY: _(
        "Reading the file takes too much time or memory, so it was given up, and nothing was brought in. "
        "Divide it into several documents, or copy the text into a new one."
    ),
    Unreadable.OTHER_WRITER: _(
        "This is a text of another or an older word processor, such as Word before 2007 (.doc), WordPerfect or Pages. "
        "Open it there, or in LibreOffice, save it as Word (.docx), OpenDocument (.odt) or PDF, and bring that in."
    ),
    Unreadable.SHEET: _(
        "This is a spreadsheet. A document is brought in from a text or a PDF; many documents are brought in by a "
        "sheet with one row each, under “Bring in outputs”."
    ),
    Unreadable.SLIDES: _(
        "This is a presentation. Save it as PDF and bring that in, or attach it to the document as a file."
    ),
    Unreadable.CALENDAR: _(
        "This is a calendar or a card of addresses, not a document. Enter a meeting on the page of the forum, under "
        "its sessions; names and addresses are not brought in."
    ),
    Unreadable.OUTLOOK_MAIL: _(
        "This is a mail as Outlook keeps it (.msg). Save it as .eml or as a web page (.html), and bring that in."
    ),
    Unreadable.PACKED: _("This is a folder of packed files. Unpack it, and bring in each document by itself."),
    Unreadable.PICTURE: _(
        "This is a picture. If it shows a page of text, have its letters recognised by another program first; "
        "a picture for a document is added in the document."
    ),
    Unreadable.LINK_FILE: _(
        "This is only a link to a document that lies elsewhere. Open it, save the document as Word (.docx) or PDF, "
        "and bring that in."
    ),
}
WHYS = {str(why): why for why in Unreadable} | {
    "declares": Unreadable.BROKEN, "too deep": Unreadable.BROKEN, "time": Unreadable.TOO_COSTLY,
    "memory": Unreadable.TOO_COSTLY, "answer": Unreadable.TOO_LARGE,
}  # fmt: skip
"""What the child or its limits said."""

REASONS = {
    Reason.RUNNING_HEAD: _("running heads and page numbers"),
    Reason.CONTENTS_LIST: _("a list of contents, which the library makes itself"),
    Reason.COMMENT: _("comments of reviewers"),
    Reason.DELETION: _("words that somebody deleted with changes tracked"),
    Reason.HIDDEN: _("hidden text"),
    Reason.NAVIGATION: _("menus and other parts around the text"),
    Reason.LIST_NUMBER: _("numbers that a list gives its items"),
    Reason.NOTE_NUMBER: _("numbers of footnotes"),
    Reason.FIELD_CODE: _("codes of fields"),
    Reason.DOUBLE: _("the same words in a second form"),
    Reason.METADATA: _("data about the file"),
    Reason.QUOTED_MAIL: _("a former mail, quoted"),
    Reason.PICTURE: _("words in a picture that was not taken"),
    Reason.EMBEDDED: _("a file inside the file"),
}
DOUBTS = {
    Doubt.ENCODING: _("The file does not say which letters it uses. Check accents and quotation marks."),
    Doubt.HEADINGS_FROM_FIRST_ROW: _("A table names no header row; its first row was taken as the headings: “%s”"),
    Doubt.MERGED_CELLS: _("A merged cell was divided; its words stand in the first place: “%s”"),
    Doubt.NESTED_TABLE: _("A table inside a table became text of its cell: “%s”"),
    Doubt.PICTURE_NOT_FETCHED: _("An image is not in the file and was not brought in: “%s”"),
    Doubt.PICTURE_KIND: _("This kind of image cannot be shown on the web and was not brought in: %s"),
    Doubt.PICTURE_REPEATED: _("An image is decoration or stands on many pages, and was not brought in: page %s"),
    Doubt.PICTURE_UNREADABLE: _("An image cannot be read and was not brought in: “%s”"),
    Doubt.PICTURE_WITHOUT_ALT: _("An image has no description. Write one before the document is made public."),
    Doubt.EQUATION: _("A formula became a line of text. Compare it with the file: “%s”"),
    Doubt.SIGN_UNKNOWN: _("A sign of a symbol typeface is not known here and was left out: %s"),
    Doubt.LIST_NUMBERING: _("A list does not count 1, 2, 3; its numbers were kept as text: “%s”"),
    Doubt.LINK_MENDED: _("The address of a link was mended: %s"),
    Doubt.LINK_LEFT_OUT: _("A link leads to a place that only its author can reach, and was left out: %s"),
    Doubt.HEADING_GUESSED: _("A line was taken as a heading: “%s”"),
    Doubt.WORDS_JOINED: _("A word was parted at the end of a line and joined: “%s”"),
    Doubt.COLUMNS_GUESSED: _("The text stands in columns; check their order."),
    Doubt.FONT_WITHOUT_LETTERS: _("A typeface of the file does not say which letters it shows. Compare the text."),
    Doubt.RECOGNISED: _(
        "A program recognised the letters on pictures of pages (pages: %s). Compare the text with the file."
    ),
    Doubt.ATTACHMENT: _(
        "Another file is attached to it and was not brought in; save it and bring it in by itself: “%s”"
    ),
    Doubt.DELETIONS_UNMARKED: _("The program that wrote the file keeps deleted words as text. Compare the text."),
}


def read(name: str, content: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What bpf_pages.importing.reading_job says of a file, and its pictures by name. Raises UnreadableFile."""
    if len(content) > FILE_LIMIT:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    budget = PDF_BUDGET if b"%PDF-" in content[:1024] else BUDGET
    try:
        found, pictures = budgeted.run("bpf_pages.importing.reading_job:read", content, {"name": name}, budget)
    except budgeted.Refused as error:
        raise UnreadableFile(WHYS.get(error.reason, Unreadable.BROKEN)) from error
    except budgeted.OverBudget as error:
        raise UnreadableFile(WHYS.get(error.why, Unreadable.BROKEN)) from error
    taken, at = {}, 0
    for picture, size in found.pop("pictures"):
        taken[picture] = pictures[at : at + size]
        at += size
    return found, taken
