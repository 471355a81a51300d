"""Chinese in both scripts in one file: the words in the other one say so, whatever program wrote them."""

import pytest

from core.languages.scripts import apart
from formats.reading import read
from tests.formats.docx.docx_files import docx, p, t
from tests.formats.office.odt_files import odt
from tests.formats.office.rtf_files import HEAD

MAIN, OTHER = "论坛讨论了网络治理的最佳做法，与会者同意这份文件的内容。", "這些紀錄以繁體中文寫成。"


def _docx() -> bytes:
    said = '<w:lang w:val="en-US" w:eastAsia="{}"/>'
    return docx(p(t(MAIN, said.format("zh-CN")) + t(OTHER, said.format("zh-TW"))))


def _odt() -> bytes:
    style = '<style:style style:name="{}" style:family="text"><style:text-properties style:language-asian="zh" {}/></style:style>'
    styles = style.format("S", 'style:country-asian="CN"') + style.format("T", 'style:script-asian="Hant"')
    content = f'<text:p><text:span text:style-name="S">{MAIN}</text:span><text:span text:style-name="T">{OTHER}</text:span></text:p>'
    usual = '<style:default-style style:family="paragraph"><style:text-properties style:language-asian="zh" style:country-asian="CN"/></style:default-style>'
    return odt(content, automatic=styles, styles=usual)


def _rtf() -> bytes:
    def letters(text: str) -> str:
        return "".join(rf"\u{ord(char) if ord(char) < 32768 else ord(char) - 65536}?" for char in text)

    body = rf"\pard{{\lang1033\langfe2052 {letters(MAIN)}}}{{\lang1033\langfe1028 {letters(OTHER)}}}\par}}"
    return (HEAD + body).encode("latin-1")


def _html(tag: str = "zh-TW") -> bytes:
    return f'<html lang="zh-CN"><meta charset="utf-8"><p>{MAIN}<span lang="{tag}">{OTHER}</span></p>'.encode()


def _mail() -> bytes:
    head = "Subject: x\r\nFrom: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return head.encode() + _html("zh-HK")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.docx", _docx()), ("x.odt", _odt()), ("x.rtf", _rtf()), ("x.html", _html()), ("x.html", _html("zh-Hant-HK")),
        ("x.eml", _mail()), ("x.md", f'{MAIN}<span lang="zh-Hant">{OTHER}</span>'.encode()),
    ],
    ids=["docx", "odt", "rtf", "html", "html of Hong Kong", "mail", "markdown"],
)  # fmt: skip
def test_words_in_traditional_chinese__say_so_in_a_simplified_text(name, content):
    draft, ledger = read(name, content)
    assert ledger.balanced
    runs = [(run.text, run.language) for block in draft.document.blocks for run in block.runs]
    assert runs == [(MAIN, ""), (OTHER, "zh-Hant")]


@pytest.mark.parametrize(
    ("language", "main", "said"),
    [
        ("en-GB", "en-US", ""), ("zh-SG", "zh-CN", ""), ("zh-HK", "zh-Hant", ""), ("zh-Hans-CN", "zh-TW", "zh-Hans"),
        ("fr", "en", "fr"), ("sr-Latn-RS", "sr-RS", "sr-Latn-RS"), ("sr-Cyrl", "sr", ""), ("zh-TW", "en", "zh-TW"),
        ("", "en", ""),
    ],
)  # fmt: skip
def test_another_country_is_no_other_language__another_script_is(language, main, said):
    assert apart(language, main) == said
