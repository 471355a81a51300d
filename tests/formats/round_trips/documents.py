"""Neutral documents drawn at random from a seed, in eight scripts, of what every format can hold."""

import random

from editions.document.model import (
    Block,
    Document,
    Figure,
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
    Table,
)

WORDS = {
    "en": "registry operators publish yearly figures about abuse complaints while small networks wait for shared tools "
    "and 2024 showed 3.5 percent fewer reports than before",
    "ar": "ينشر المنتدى تقريره السنوي عن الأمن ويطلب من الشبكات الصغيرة أن تشارك الأدوات وقد بلغ عدد البلاغات 2024 بلاغا",
    "ru": "форум ежегодно публикует отчёт о безопасности сетей и просит малых операторов делиться опытом в 2024 году",
    "zh": "论坛 每年 发布 关于 网络 安全 的 报告 并 请 小型 运营商 分享 经验 2024 年 报告 数量 减少",
}
OTHER_SCRIPTS = {
    "hi": "मंच हर वर्ष इंटरनेट सुरक्षा पर रिपोर्ट प्रकाशित करता है और छोटे नेटवर्क से साझा उपकरण माँगता है 2024 में",
    "he": "הפורום מפרסם דוח שנתי על אבטחת רשתות ומבקש מרשתות קטנות לשתף כלים בשנת 2024",
    "th": "ฟอรัม เผยแพร่ รายงาน ประจำปี เกี่ยวกับ ความปลอดภัย ของ เครือข่าย ในปี 2024",
    "ko": "포럼은 매년 네트워크 보안에 관한 보고서를 발표하고 소규모 사업자에게 경험을 공유하도록 요청한다 2024",
}
"""For what writes and reads Word files, which every language can be in."""
ENDS = {"en": ".", "ar": ".", "ru": ".", "zh": "。", "hi": "।", "he": ".", "th": "", "ko": "."}
STYLES = (
    frozenset({Mark.STRONG}), frozenset({Mark.EMPHASIS}), frozenset({Mark.CODE}), frozenset({Mark.SUPERSCRIPT}),
    frozenset({Mark.DELETED}), frozenset({Mark.STRONG, Mark.EMPHASIS}),
)  # fmt: skip


class Generator:
    def __init__(self, seed: int, language: str) -> None:
        self.draw = random.Random(f"{language}{seed}")
        self.language = language
        self.words = (WORDS | OTHER_SCRIPTS)[language].split()
        self.notes: list[Note] = []
        self.count = 0

    def document(self, blocks: int) -> Document:
        found: list[Block] = [self.heading(1), self.paragraph()]
        level = 1
        while len(found) < blocks:
            kind = self.draw.choice("hppppllqtf")
            if kind == "l" and isinstance(found[-1], ListBlock):
                kind = "p"  # lists that follow each other are one in more than one format
            if kind == "h":
                level = self.draw.randint(1, min(level + 1, 5))
                found.append(self.heading(level))
            else:
                makers = {"p": self.paragraph, "l": self.list, "q": self.quote, "t": self.table, "f": self.figure}
                found.append(makers[kind]())
        return Document(self.text(4), self.language, tuple(found), notes=tuple(self.notes))

    def key(self) -> str:
        self.count += 1
        return f"k{self.count}"

    def text(self, length: int) -> str:
        return " ".join(self.draw.choice(self.words) for _ in range(length))

    def heading(self, level: int) -> Heading:
        return Heading(self.key(), level, (Run(self.text(self.draw.randint(1, 6))),))

    def paragraph(self) -> Paragraph:
        return Paragraph(self.key(), self.runs(self.draw.randint(3, 40), notes=True))

    def quote(self) -> Quote:
        return Quote(self.key(), self.runs(self.draw.randint(3, 20)))

    def runs(self, length: int, notes: bool = False) -> Runs:
        found = [Run(self.text(length))]
        for _ in range(self.draw.randint(0, 3)):
            style = self.draw.choice(STYLES)
            found += [Run(" "), Run(self.text(1 if Mark.SUPERSCRIPT in style else 2), style), Run(" " + self.text(2))]
        if self.draw.random() < 0.2:
            found += [
                Run(" "),
                Run(self.text(2), href=f"https://example.org/{self.draw.randint(1, 99)}"),
                Run(" " + self.text(1)),
            ]
        if notes and self.draw.random() < 0.2:
            key = self.key()
            self.notes.append(Note(key, (Run(self.text(5) + ENDS[self.language]),)))
            found += [Run("", note=key), Run(" " + self.text(3))]
        return (*found, Run(ENDS[self.language]))

    def list(self) -> ListBlock:
        return ListBlock(self.key(), self.draw.random() < 0.5, self.items(0))

    def items(self, depth: int) -> tuple[Item, ...]:
        found = []
        for _ in range(self.draw.randint(1, 4)):
            below = self.items(depth + 1) if depth < 2 and self.draw.random() < 0.25 else ()
            found.append(Item(self.key(), self.runs(6), below, bool(below) and self.draw.random() < 0.5))
        return tuple(found)

    def table(self) -> Table:
        width = self.draw.randint(2, 4)
        rows = tuple(
            Row(self.key(), tuple((Run(self.text(self.draw.randint(1, 4))),) for _ in range(width)))
            for _ in range(self.draw.randint(2, 5))
        )
        return Table(self.key(), (Run(self.text(4)),) if self.draw.random() < 0.5 else (), rows)

    def figure(self) -> Figure:
        caption = self.text(4)
        return Figure(self.key(), "dot.png", caption, (Run(caption),), 0, 0)
