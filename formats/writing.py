"""In which forms editions are written, besides their own JSON and their PDF. Pure."""

from dataclasses import dataclass

from formats.docx_writing import writing as docx
from formats.markdown import writing as markdown
from formats.plain import writing as plain


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """ending: of the address `…/document.<ending>`. name: the same in every language."""

    ending: str
    name: str
    content_type: str


FORMS = {
    form.ending: form
    for form in (
        WrittenForm("docx", "Word (DOCX)", docx.CONTENT_TYPE),
        WrittenForm("md", "Markdown", markdown.CONTENT_TYPE.partition(";")[0]),
        WrittenForm("txt", "TXT", plain.CONTENT_TYPE.partition(";")[0]),
    )
}
