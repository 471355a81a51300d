"""Every word of a mail: of the headers a person sees, and of each text in it in every form. Pure."""

from collections.abc import Iterator

from formats.draft import Source
from formats.html.ledger_words import words_in
from formats.mail.messages import Mail, mails


def words(content: bytes) -> Iterator[Source]:
    """Raises UnreadableFile."""
    for number, mail in enumerate(mails(content), 1):
        yield from _words(mail, f"mail {number}")


def _words(mail: Mail, place: str) -> Iterator[Source]:
    for name, said in mail.headers.items():
        yield Source(said, name)
    for forms in mail.texts:
        for form in forms:
            if form.is_html:
                yield from words_in(form.text.text)
            else:
                yield from (Source(line.strip(), place) for line in form.text.text.splitlines() if line.strip())
    for letter in mail.letters:
        yield from _words(letter, f"{place}, attached")
