"""In which forms editions are written, besides their own JSON and their PDF. Pure."""

from dataclasses import dataclass

from formats import akoma_ntoso, epub
from formats.docx_writing import writing as docx
from formats.markdown import writing as markdown
from formats.plain import writing as plain


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """ending: of the address `…/document.<ending>`. name: the same in every language. content_type: as it is sent."""

    ending: str
    name: str
    content_type: str

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0]


FORMS = {
    form.ending: form
    for form in (
        WrittenForm("docx", "Word (DOCX)", docx.CONTENT_TYPE),
        WrittenForm("epub", "EPUB", epub.CONTENT_TYPE),
        WrittenForm("md", "Markdown", markdown.CONTENT_TYPE),
        WrittenForm("txt", "TXT", plain.CONTENT_TYPE),
        WrittenForm("akn.xml", "Akoma Ntoso (XML)", akoma_ntoso.CONTENT_TYPE),
    )
}
