"""Which charset an HTML file is read in where it says a wrong one."""

import pytest

from formats.draft import Doubt
from tests.formats.html.pages import read
from tests.formats.said import doubts, said

RUSSIAN = "Первый абзац о сетях и людях, которые строят эти сети вместе с другими."
ARABIC = "هذه فقرة أولى عن الإنترنت والشبكات التي يبنيها الناس معا"
CHINESE = "这是关于互联网和网络建设的第一段文字，由各方共同完成。"
FRENCH = "Élaboré à l’été, ça déjà été reçu où une naïve œuvre naît."


def page(text: str, charset: str, says: str) -> bytes:
    return f'<html><head><meta charset="{says}"></head><body><p>{text}</p></body></html>'.encode(charset)


@pytest.mark.parametrize("says", ["iso-8859-1", "windows-1252"])
@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (RUSSIAN, "koi8-r"), (RUSSIAN, "cp1251"), (RUSSIAN, "utf-8"), (ARABIC, "cp1256"), (CHINESE, "gb18030"),
        (FRENCH, "utf-8"),
    ],
)  # fmt: skip
def test_text_of_another_charset_that_says_it_is_latin__is_read_as_what_it_is_and_told(text, charset, says):
    draft = read(page(text, charset, says))
    assert said(draft.document.blocks[0]) == text
    assert doubts(draft, Doubt.ENCODING) == [charset]


@pytest.mark.parametrize(
    "text", [FRENCH, "Größe über Öl, Ärger", "¿Qué año?", "São ações", "Það er þörf á því að ræða þetta", "– “a” – 5 €"]
)
def test_latin_text_that_says_so__is_believed(text):
    draft = read(page(text, "cp1252", "iso-8859-1"))
    assert said(draft.document.blocks[0]) == text
    assert doubts(draft, Doubt.ENCODING) == []
