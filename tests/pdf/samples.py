# ruff: noqa: E501 - sentences
"""Documents to print, in six languages. All of it is fictitious and belongs to the year 2099."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from editions.document import json_form
from editions.document.metadata import EditionMetadata
from editions.document.model import (
    Block,
    Detail,
    Document,
    Heading,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Quote,
    Row,
    Run,
    Runs,
    Section,
    SectionKind,
    Table,
)
from pdf.print_job import PrintJob

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")

TITLES = {
    "en": "Keeping lamp rooms through the storms of a warming century",
    "fr": "Garder les salles des lampes à travers les tempêtes d'un siècle plus chaud",
    "es": "Conservar las salas de lámparas durante las tormentas de un siglo más cálido",
    "ru": "Как сберечь ламповые комнаты во время бурь тёплого века",
    "ar": "صون غرف المصابيح في عواصف قرن أكثر دفئا",
    "zh": "在变暖世纪的风暴中守护灯室",
}
SENTENCES = {
    "en": "Keepers of lamp rooms reported that oil stored above the tide line stayed usable through three storms, while stores at sea level were lost within hours of the first surge.",
    "fr": "Les gardiens ont signalé que l'huile entreposée au-dessus de la ligne de marée restait utilisable après trois tempêtes, tandis que les réserves au niveau de la mer étaient perdues en quelques heures.",
    "es": "Los guardianes informaron de que el aceite almacenado por encima de la línea de marea siguió siendo útil durante tres tormentas, mientras que las reservas a nivel del mar se perdieron en pocas horas.",
    "ru": "Смотрители сообщили, что масло, хранившееся выше линии прилива, оставалось пригодным после трёх бурь, а запасы на уровне моря были потеряны в первые часы наводнения.",
    "ar": "أفاد الحراس بأن الزيت المخزون فوق خط المد ظل صالحا للاستعمال بعد ثلاث عواصف، في حين ضاعت المخازن القريبة من البحر خلال ساعات من أول موجة (انظر BPF-2099، القسم 3.1 و4-2).",
    "zh": "守灯人报告说，存放在潮位线以上的灯油经历三次风暴后仍可使用；而位于海平面的库房在第一次涌浪的几小时内即告损失（见 BPF-2099 第 3.1 节，“灯室”一词）。",
}
HEADINGS = {
    "en": ("Introduction", "What keepers reported", "Common ground", "Open matters"),
    "fr": ("Introduction", "Ce que les gardiens ont signalé", "Points communs", "Questions ouvertes"),
    "es": ("Introducción", "Lo que informaron los guardianes", "Puntos comunes", "Asuntos abiertos"),
    "ru": ("Введение", "Что сообщили смотрители", "Общее", "Открытые вопросы"),
    "ar": ("مقدمة", "ما أبلغ عنه الحراس", "الأرضية المشتركة", "مسائل مفتوحة"),
    "zh": ("导言", "守灯人的报告", "共同点", "待议事项"),
}


def metadata(**changes: Any) -> EditionMetadata:
    data = {
        "identifier": "BPF-2099-LAMPS-E1", "series": "BPF-2099-LAMPS", "number": 1, "label": "", "document_slug": "lamps",
        "subtitle": "", "summary": "What lamp rooms learned about storms.", "kind": "outcome",
        "meeting": {"year": 2099, "igf_number": 0, "city": "Port Fiction", "country": "an invented country",
                    "start": "2099-11-01", "end": "2099-11-05"},
        "forum": {"slug": "lamps", "code": "LAMPS", "title": "Lamp rooms", "former_titles": []},
        "themes": [{"slug": "resilience", "label": "Resilience"}], "authors": ["BPF on Lamp Rooms"],
        "people": [{"name": "Ada Example", "role": "lead_expert", "organisation": "Lighthouse Society"},
                   {"name": "Omar Sample", "role": "rapporteur", "organisation": ""}],
        "sources": ["https://example.org/lamps"], "record": "", "recorded": False, "fictitious": True,
        "project_summary": False, "licence": "CC BY 4.0", "former_titles": [],
    }  # fmt: skip
    return cast(EditionMetadata, data | changes)


def text(words: str, *marks: Mark, **more: str) -> Run:
    return Run(words, frozenset(marks), **more)


def chapter(language: str, index: int) -> tuple[list[Block], Note]:
    """One chapter with every kind of block, and its footnote."""
    sentence = SENTENCES[language]
    head = HEADINGS[language][index % 4]
    link = text("BPF-2099", href="https://example.org/register?a=b")
    running: Runs = (
        text(f"{sentence} "), text(sentence[:24], Mark.STRONG), text(" "), text(sentence[24:40], Mark.EMPHASIS), text(" "),
        link, text(" "), Run("", note=f"n{index}"), text(sentence),
    )  # fmt: skip
    rows = tuple(
        Row(
            f"t{index}r{row}",
            tuple((text(cell),) for cell in (f"{head} {row}", str(row * 3), sentence[: 30 + 20 * row])),
        )
        for row in range(5)
    )
    blocks: list[Block] = [
        Heading(f"h{index}", 1, (text(head),)),
        Paragraph(f"a{index}", running),
        Heading(f"g{index}", 2, (text(f"{head}: {sentence[:20]}"),)),
        ListBlock(
            f"l{index}",
            bool(index % 2),
            (
                Item(f"l{index}a", (text(sentence),), (Item(f"l{index}b", (text(sentence[:30]),)),)),
                Item(f"l{index}c", (text(sentence[:40]),)),
            ),
        ),
        Section(
            f"s{index}", SectionKind.RECOMMENDATION, (text(sentence[:30]),),
            (Detail(f"s{index}d", "addressed_to", (text(sentence[:18]),)),), (Paragraph(f"s{index}p", (text(sentence),)),),
        ),
        Table(f"t{index}", (text(f"{head} — {sentence[:20]}"),), rows, 1, True),
        Quote(f"q{index}", (text(sentence),), (text(head),)),
    ]  # fmt: skip
    return blocks, Note(f"n{index}", (text(sentence), text(" "), text("example.org", href="https://example.org/")))


def document(language: str = "en", chapters: int = 2) -> Document:
    blocks: list[Block] = [
        Section("sum", SectionKind.SUMMARY, (), (), (Paragraph("sump", (text(SENTENCES[language]),)),)),
        Paragraph(
            "mixed",
            (
                text(f"{SENTENCES[language]} ("), text("bougie d'allumage", language="fr"), text("; "),
                text("غرفة المصابيح", language="ar"), text("; "), text("灯室", language="zh"), text("; "),
                text("маяк", language="ru"), text(") H"), text("2", Mark.SUBSCRIPT), text("O."),
            ),
        ),
    ]  # fmt: skip
    notes = []
    for index in range(chapters):
        made, note = chapter(language, index)
        blocks += made
        notes.append(note)
    return Document(TITLES[language], language, tuple(blocks), SENTENCES[language][:60], tuple(notes))


def job(content: Document, stage: str = "final", **changes: Any) -> PrintJob:
    first = PrintJob(
        document=content,
        metadata=metadata(),
        identifier="BPF-2099-LAMPS-E1",
        number=1,
        sha256=json_form.sha256(content),
        stage=stage,
        published=datetime(2099, 3, 4, 12, tzinfo=UTC),
        address="https://library.example/library/2099/lamps/lamps/editions/1/",
        live_address="https://library.example/library/2099/lamps/lamps/",
        source_json=json_form.canonical_bytes(content),
    )
    return replace(first, **changes)
