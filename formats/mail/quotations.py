"""What of a mail is not its own words: quoted mails and signatures. Pure."""

import re

from formats.draft import Reason
from formats.html.left_out import left_out
from formats.html.tree import LEFT_OUT, TEXT, Node

_ADDRESS = r"[<(]\W{0,3}[^<>()\s]{1,100}@[^<>()\s]{1,100}[>)]"
_SAYS = re.compile(
    r"\s*(?:on\b.{4,200}\bwrote|am\b.{4,200}\bschrieb\b.{0,80}|le\b.{4,200}\ba écrit|el\b.{4,200}\bescribió"
    r"|.{4,200}\b(?:пишет|(?:на)?писал(?:\(а\)|а)?)|.{4,200}[写寫]道|.{4,200}كتب.{0,80}|il\b.{4,200}\bha scritto"
    r"|em\b.{4,200}\bescreveu|op\b.{4,200}\bschreef\b.{0,80}|.{4,200}\bskrev\b.{0,80}"
    r"|.{4,200}\b(?:napisał|napsal|napísal)(?:\(a\)|a)?|.{4,200}\bkirjoitti|.{4,200}\bezt írta|.{4,200}\byazdı"
    r"|.{4,200}\bέγραψε|.{4,200}\ba scris|.{4,200}\bнаписав|.{4,200}\bmenulis|.{4,200}\bđã viết"
    r"|.{4,200}\bnapisao(?:/la)?"
    # An hour, and then an address in brackets: so far the lead-ins of programs are alike in every language.
    rf"|.{{0,200}}\d{{1,2}}\s?[:.：]\s?\d{{2}}.{{0,200}}{_ADDRESS}.{{0,20}})\s*[:：]\s*",
    re.IGNORECASE | re.DOTALL,
)
_RULE = re.compile(r"\s*(?:-{3,}\s*(?P<said>\S.{0,60}?)\s*-{3,}|_{20,})\s*")
_ORIGINAL = re.compile(
    r"original message|ursprüngliche nachricht|message d['’]origine|message transféré|mensaje original"
    r"|mensagem original|messaggio originale|исходное сообщение|пересылаемое сообщение|forwarded message"
    r"|رسالة أصلية|الرسالة الأصلية|邮件原件|原始邮件|原始郵件|元のメッセージ|원본 메시지|הודעה מקורית|αρχικό μήνυμα"
    r"|oryginalna wiadomość|wiadomość oryginalna|wiadomość przekazana|původní (?:zpráva|e-mail)|pôvodná správa"
    r"|eredeti üzenet|alkuperäinen viesti|orijinal (?:mesaj|ileti)|oprindelig meddelelse|opprinnelig melding"
    r"|ursprungligt meddelande|oorspronkelijk bericht|mesaj original|вихідне повідомлення|pesan asli",
    re.IGNORECASE,
)
_OUTLOOK_HEAD = re.compile(
    r"\s*\*?(?:from|von|de|da|van|från|fra|от|من|المرسل|发件人|寄件者|寄件人|差出人|od|lähettäjä|feladó|kimden|από"
    r"|de la|від|šalje|dari|từ|از|מאת|प्रेषक|보낸 사람|จาก)\s*[:：]",
    re.IGNORECASE,
)
_OUTLOOK_SENT = re.compile(
    r"\s*\*?(?:sent|date|gesendet|datum|envoyé|enviad[oa](?: el| em)?|fecha|inviato|data|verzonden|skickat|sendt"
    r"|отправлено|дата|تم الإرسال|أرسلت|تاريخ الإرسال|التاريخ|发送时间|日期|寄件日期|傳送時間|送信日時"
    r"|wysłano|odesláno|odoslané|lähetetty|elküldve|gönderildi|gönderme tarihi|gönderilme tarihi|στάλθηκε|απεστάλη"
    r"|trimis|надіслано|изпратено|poslano|poslato|dikirim|terkirim|đã gửi|ارسال شده|נשלח|भेजा गया|보낸 날짜|ส่งเมื่อ"
    r"|วันที่ส่ง)\s*[:：]",
    re.IGNORECASE,
)
_SENT_LATER = re.compile(rf"(?<=\s){_OUTLOOK_SENT.pattern}", re.IGNORECASE)  # in the same line
LONGEST_HEAD = 400  # letters of it that are looked at
_ARMOUR = re.compile(r"-----(?P<side>BEGIN|END) PGP (?P<kind>[A-Z ,/0-9]{3,40})-----\s*")
_ARMOUR_FIELD = re.compile(r"(?:Hash|Version|Comment|Charset|MessageID|NotDashEscaped)\s*:.*")
SIGNED_TEXT = "SIGNED MESSAGE"
_HTML_QUOTES = frozenset(
    {
        "gmail_quote",
        "yahoo_quoted",
        "moz-cite-prefix",
        "protonmail_quote",
        "gmail_quote_container",
        "OutlookMessageHeader",
    }
)
_HTML_SIGNATURES = frozenset({"gmail_signature", "moz-signature"})
_HTML_BEGIN = frozenset(
    {"divRplyFwdMsg", "appendonsend", "OLK_SRC_BODY_SECTION", "mail-editor-reference-message-container"}
)
_HTML_QUOTED_WHOLE = (_HTML_QUOTES | {"gmail_attr"}) - {"gmail_quote", "gmail_quote_container"}
"""What holds no answers between quoted paragraphs, as the boxes of Gmail do: in those only blockquotes are quoted."""


def is_quoted(node: Node) -> bool:
    return node.tag == "blockquote" or bool(_HTML_QUOTED_WHOLE & set(node.classes))


def is_signature(node: Node) -> bool:
    return bool(_HTML_SIGNATURES & set(node.classes))


def begins_answered(node: Node) -> bool:
    """Whether all that follows is the mail that is answered."""
    return node.attributes.get("id") in _HTML_BEGIN


def is_head_of_answered(node: Node) -> bool:
    """Whether a block begins with the head that Outlook sets above the mail that is answered: who wrote it, and when.
    Behind its own words; a mail that begins with one passes another on."""
    if node.tag not in ("div", "p", "td", "span", "font"):
        return False
    head = _beginning(node)
    return bool(_OUTLOOK_HEAD.match(head)) and _SENT_LATER.search(head) is not None


def _beginning(node: Node) -> str:
    """The first words of a block, on one line."""
    parts: list[str] = []
    length = 0
    for one in node.walk():
        parts.append(one.text if one.tag == TEXT else " ")
        length += len(parts[-1])
        if length > LONGEST_HEAD:
            break
    return " ".join("".join(parts).split())


def parted_plain(text: str) -> list[tuple[Reason | None, str]]:
    """Stretches of a plain text mail in order: its own words (None), quoted mails, and as metadata its signature and
    the armour of OpenPGP (RFC 9580, 6.2 and 7)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kinds: list[Reason | None] = [None] * len(lines)
    _leave_out_armour(lines, kinds)
    signed = False
    for place, line in enumerate(lines):
        if kinds[place] is not None:
            continue
        if line.startswith(">"):
            kinds[place], signed = Reason.QUOTED_MAIL, False
        elif _begins_original(lines, place) or (
            _OUTLOOK_HEAD.match(line)
            and any(_OUTLOOK_SENT.match(found) for found in lines[place + 1 : place + 3])
            and any(found.strip() for found in lines[:place])
        ):
            kinds[place:] = [Reason.QUOTED_MAIL] * (len(lines) - place)
            break
        elif line.rstrip("\r") in ("-- ", "--") or signed:
            kinds[place], signed = Reason.METADATA, True
    _lead_ins(lines, kinds)
    parts: list[tuple[Reason | None, list[str]]] = []
    for kind, line in zip(kinds, lines, strict=True):
        if not parts or parts[-1][0] != kind:
            parts.append((kind, []))
        parts[-1][1].append(line)
    return [(kind, "\n".join(found)) for kind, found in parts]


def _leave_out_armour(lines: list[str], kinds: list[Reason | None]) -> None:
    """The words of a signed text stay, without the dashes that guard its own."""
    place, in_signed = 0, False
    while place < len(lines):
        begin = _ARMOUR.fullmatch(lines[place])
        if begin is None or begin["side"] != "BEGIN":
            if in_signed:
                lines[place] = lines[place].removeprefix("- ")
            place += 1
            continue
        end = place + 1
        if in_signed := begin["kind"] == SIGNED_TEXT:
            while end < len(lines) and _ARMOUR_FIELD.fullmatch(lines[end]):
                end += 1
        else:
            ends = (at for at in range(end, len(lines)) if _ends_armour(lines[at], begin["kind"]))
            found = next(ends, None)
            if found is None:  # cut off: what follows may be words
                place += 1
                continue
            end = found + 1
        kinds[place:end] = [Reason.METADATA] * (end - place)
        place = end


def _ends_armour(line: str, kind: str) -> bool:
    end = _ARMOUR.fullmatch(line)
    return end is not None and end["side"] == "END" and end["kind"] == kind


def _begins_original(lines: list[str], place: int) -> bool:
    """A rule, with words in it or none, and the head of a mail below it. Where its words are known any head will do."""
    rule = _RULE.fullmatch(lines[place])
    if rule is None:
        return False
    near = [line for line in lines[place + 1 : place + 7] if line.strip()]
    is_known = rule["said"] is None or _ORIGINAL.fullmatch(rule["said"])
    return any(_OUTLOOK_HEAD.match(line) or (is_known and re.match(r"\s*[\w-]+\s*:", line)) for line in near)


def _lead_ins(lines: list[str], kinds: list[Reason | None]) -> None:
    """ "On Monday Ann wrote:" before quoted lines belongs to them."""
    for place, kind in enumerate(kinds):
        if kind != Reason.QUOTED_MAIL or not place or kinds[place - 1] == Reason.QUOTED_MAIL:
            continue
        start = place - 1
        while start > 0 and not lines[start].strip() and place - start < 3:
            start -= 1
        for first in range(start, max(start - 3, -1), -1):
            if kinds[first] is None and _SAYS.fullmatch(" ".join(lines[first : start + 1])):
                kinds[first:place] = [Reason.QUOTED_MAIL] * (place - first)
                break


def leave_out_quotations(body: Node) -> None:
    """In an HTML mail."""
    waiting = [body]
    said = False  # whether the mail has words of its own so far
    while waiting:
        node = waiting.pop()
        names = set(node.classes)
        if begins_answered(node) or (said and is_head_of_answered(node)):
            _leave_out_from(node)
            continue
        said = said or (node.tag == TEXT and bool(node.text.strip()))
        if names & _HTML_QUOTES or (node.tag == "blockquote" and node.attributes.get("type") == "cite"):
            _leave_out_lead_in(node)
            left_out(node, Reason.QUOTED_MAIL)
            continue
        if is_signature(node):
            left_out(node, Reason.METADATA)
            continue
        waiting.extend(reversed(node.children))


def _leave_out_from(node: Node) -> None:
    """It and all its later siblings: where Outlook begins what it answers."""
    if node.parent is None:
        left_out(node, Reason.QUOTED_MAIL)
        return
    place = next(place for place, child in enumerate(node.parent.children) if child is node)
    for sibling in node.parent.children[place:]:
        if sibling.tag != LEFT_OUT and sibling.words():
            left_out(sibling, Reason.QUOTED_MAIL)


def _leave_out_lead_in(node: Node) -> None:
    before = node.before()
    if before is not None and before.tag != LEFT_OUT and _SAYS.fullmatch(before.words()):
        left_out(before, Reason.QUOTED_MAIL)
