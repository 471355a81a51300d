"""The charset of a text file: its mark, what it declares, UTF-8, and a guess that says it is one. Pure."""

import codecs
import re
from dataclasses import dataclass

DECLARATION_WITHIN = 4096  # bytes; the HTML standard looks at 1024, editors write long comments before it
SAMPLE = 60_000  # bytes the guess looks at
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = (
    re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE),
    re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]+)""", re.IGNORECASE),
)
_LATIN = frozenset({"cp1252", "iso8859-15"})
_TOUCHED = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_ASCII_LETTER = re.compile(rb"[A-Za-z]")
LEAST_WHOLE, LEAST_SAID = 4, 12  # bytes of a word that is beyond ASCII all through, and of all that say so
_SAME_AS = {  # labels that the Encoding Standard gives to a larger charset, or that Python names otherwise
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932",
    "shift-jis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs", "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "iso-8859-8-i": "iso-8859-8",
    "utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8", "unicode": "utf-8",
}  # fmt: skip
_CANDIDATES = (
    "cp1252", "cp1251", "koi8-r", "koi8-u", "cp1256", "gb18030", "big5hkscs", "cp932", "cp949", "cp1253", "cp1255",
    "cp1250", "cp1254", "cp866",
)  # fmt: skip
_COMMON = frozenset(
    "оеаинтсрвлкмдпуяыьгзбч"
    "اليمنوترةبدعفسهكحق"
    "的是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
    "面而方后多定行学法所民得经一二三十论坛最佳做"
    "éèàçêëïôûùâîäöüßñáíóúãõåæø"
    "şığčřěžšůąęłżś"
    "αοιετσνηυρπκμλ"
    "ויהלאתמרבשנםעד"
    "のにはをたがでてとしれさいるん"
    "이다는에의을가고하지한"
)
"""Frequent letters beyond ASCII of languages the forums write in."""
_TYPOGRAPHY = frozenset("€–—‘’“”„…•°§«»£©®™\xa0№،؛؟、。，：；（）《》")


@dataclass(frozen=True, slots=True)
class Decoded:
    """certain: False where the charset was guessed or bytes fitted none."""

    text: str
    charset: str
    certain: bool = True


def decoded(content: bytes, declared: str = "") -> Decoded:
    """Total: any bytes have a text. declared: a charset named from outside, such as by a mail's header."""
    for mark, charset in _MARKS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(charset, "replace")
            return Decoded(_scalar(text), charset, "\ufffd" not in text)
    named = python_name(declared) or _declared_in(content)
    if named and not (named in _LATIN and _is_no_latin(content)):
        try:
            return Decoded(_scalar(content.decode(named)), named)
        except UnicodeError:
            pass
    try:
        return Decoded(_scalar(content.decode("utf-8")), "utf-8", not named or named == "utf-8")
    except UnicodeDecodeError:
        fits = named and _errors(content, named) < 0.01 and not (named in _LATIN and _is_no_latin(content))
        charset = named if fits else _guess(content)
        return Decoded(_scalar(content.decode(charset, "replace")), charset, certain=False)


def python_name(label: str) -> str:
    """The codec for a label of the Encoding Standard or of a mail, "" where there is none for text."""
    label = label.strip().strip("\"'").lower()
    label = _SAME_AS.get(label, label)
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError, UnicodeError):
        return ""
    return found.name if getattr(found, "_is_text_encoding", True) and found.name not in _UNWANTED else ""


_UNWANTED = frozenset({"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})


def _declared_in(content: bytes) -> str:
    head = content[:DECLARATION_WITHIN]
    for pattern in _DECLARED:
        for found in pattern.finditer(head):
            if charset := python_name(found[1].decode("ascii", "replace")):
                return charset
    return ""


def _is_no_latin(content: bytes) -> bool:
    """Whether a file that says Latin, as servers and programs do unasked, is written otherwise: as UTF-8, or with whole
    words beyond ASCII, where Latin ones have single letters of them."""
    sample = content[:SAMPLE]
    if sample.isascii():
        return False
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(sample) - 3 and not sample[: error.start].isascii():  # the sample ends inside a letter
            return True
    else:
        return True
    touched = _TOUCHED.findall(sample)
    whole = sum(len(word) for word in touched if len(word) >= LEAST_WHOLE and not _ASCII_LETTER.search(word))
    return whole >= LEAST_SAID and whole > sum(map(len, touched)) / 2


def _scalar(text: str) -> str:
    """Without lone surrogates, which some codecs let through and no other text may hold."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _errors(content: bytes, charset: str) -> float:
    """The share of bytes beyond ASCII that do not decode."""
    sample = content[:SAMPLE]
    beyond = sum(byte > 127 for byte in sample) or 1
    return sample.decode(charset, "replace").count("\ufffd") / beyond


def _guess(content: bytes) -> str:
    if content[1:200:2].count(0) > 40:
        return "utf-16-le"
    if content[0:200:2].count(0) > 40:
        return "utf-16-be"
    beyond = bytes(byte if byte > 127 or chr(byte).isalpha() else 32 for byte in content[:SAMPLE])
    return max(_CANDIDATES, key=lambda charset: _likeness(content[:SAMPLE], beyond, charset))


def _likeness(sample: bytes, beyond: bytes, charset: str) -> float:
    """How much like written language the letters beyond ASCII are, a byte of them: from about -5 to 2."""
    text = sample.decode(charset, "replace")
    score, before = 0.0, " "
    for letter in text:
        if letter > "\x7f":
            score += _letter(letter, before)
        elif letter.isascii() and letter.isalpha() and before > "\u02ff" and before.isalpha():
            score -= 1  # a Latin letter right after one of another script
        before = letter
    return score / (sum(byte > 127 for byte in beyond) or 1)


def _letter(letter: str, before: str) -> float:
    if letter == "\ufffd" or (not letter.isprintable() and letter not in _TYPOGRAPHY):
        return -5
    if letter in _TYPOGRAPHY:
        return 0.9
    if letter in "þýðÞÝÐ" or "\uff61" <= letter <= "\uff9f":  # rare, but what another charset's letters look like
        return -0.5
    if not letter.isalpha():
        return -1
    score = 2.0 if letter in _COMMON else 0.6
    if letter >= "\u2e80":  # two bytes a letter
        return 2 * score if letter in _COMMON else 0.9
    if letter.isupper() and before.isalpha() and not before.isupper():
        score -= 2  # a capital inside a word
    if before.isalpha() and (before > "\u02ff") != (letter > "\u02ff"):
        score -= 1  # two scripts in a word
    return score
