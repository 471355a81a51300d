"""Bodies of outcome documents as an editor may write them, for hypothesis, and the words that stand in them."""

import html
import unicodedata
import uuid

from hypothesis import strategies as st

from consultation.vocabulary import STATED_GROUPS, StakeholderGroup

WORD = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=8)
PHRASE = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
MAYBE = st.one_of(st.just(""), PHRASE)


class Words(list):
    """What a strategy put into the text, in order; filled while it draws."""

    def say(self, phrase: str) -> str:
        self.extend(unicodedata.normalize("NFC", phrase).split())  # the form in which texts are published
        return phrase

    def rich(self, phrase: str) -> str:
        return f"<p>{html.escape(self.say(phrase))}</p>" if phrase else ""


@st.composite
def text_value(draw, words):
    return "".join(words.rich(phrase) for phrase in draw(st.lists(PHRASE, min_size=1, max_size=3)))


def block(kind, value):
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


@st.composite
def plain_blocks(draw, words, most=2):
    found = []
    for kind in draw(st.lists(st.sampled_from(["text", "quote", "table"]), max_size=most)):
        found.append(block(kind, draw(VALUES[kind](words))))
    return found


@st.composite
def quote_value(draw, words):
    return {"text": words.rich(draw(PHRASE)), "attribution": words.say(draw(MAYBE))}


@st.composite
def table_value(draw, words):
    columns = draw(st.integers(1, 3))
    caption = words.rich(draw(MAYBE))
    inner_caption = words.say(draw(MAYBE))
    heads = [{"type": "text", "heading": words.say(draw(MAYBE))} for _ in range(columns)]
    rows = [{"values": [words.rich(draw(MAYBE)) for _ in range(columns)]} for _ in range(draw(st.integers(0, 3)))]
    table = {"columns": heads, "rows": rows, "caption": inner_caption}
    return {"caption": caption, "table": table, "row_heads": draw(st.booleans())}


DETAILS = {
    "practice": ("what", "where", "who", "result"),
    "case_study": ("place", "actor"),
    "recommendation": ("addressee",),
    "policy_measure": ("jurisdiction",),
    "dissent": ("held_by",),
}
TYPED = [
    "summary", "finding", "definition", "practice", "case_study", "recommendation", "policy_measure", "challenge",
    "open_question", "future_work", "dissent", "draft_notice", "disclaimer",
]  # fmt: skip


def typed_value(kind):
    @st.composite
    def value(draw, words):
        found = {"title": words.say(draw(MAYBE))}
        for name in DETAILS.get(kind, ()):
            found[name] = words.rich(draw(MAYBE))
        return found | {"body": draw(plain_blocks(words))}

    return value


def items(values):
    return [{"type": "item", "id": str(uuid.uuid4()), "value": value} for value in values]


@st.composite
def alternative_value(draw, words):
    found = {"title": words.say(draw(MAYBE)), "body": draw(plain_blocks(words))}
    options = [
        {"title": words.say(draw(MAYBE)), "body": draw(text_value(words))} for _ in range(draw(st.integers(0, 3)))
    ]
    return found | {"options": items(options)}


@st.composite
def contributors_value(draw, words):
    found = {"title": words.say(draw(MAYBE)), "body": draw(plain_blocks(words))}
    people = []
    for _ in range(draw(st.integers(0, 3))):
        name, role, organisation = draw(PHRASE), draw(MAYBE), draw(MAYBE)
        group = draw(st.sampled_from(["", *STATED_GROUPS]))
        # The reader sees commas and the label of the group; both are added by the product, and expected by hand here.
        label = f" ({StakeholderGroup(group).label})" if group else ""
        words.say(", ".join(part for part in (name, role, organisation) if part) + label)
        people.append({"name": name, "role": role, "organisation": organisation, "stakeholder_group": group})
    return found | {"people": items(people)}


@st.composite
def references_value(draw, words):
    title = words.say(draw(MAYBE))
    return {"title": title, "entries": items([words.rich(draw(PHRASE)) for _ in range(draw(st.integers(0, 3)))])}


@st.composite
def annex_value(draw, words):
    return {"title": words.say(draw(PHRASE)), "body": draw(parts(words, most=2))}


VALUES = {
    "text": text_value,
    "quote": quote_value,
    "table": table_value,
    "alternative": alternative_value,
    "contributors": contributors_value,
    "references": references_value,
    "annex": annex_value,
} | {kind: typed_value(kind) for kind in TYPED}


@st.composite
def parts(draw, words, most=5, annexes=False):
    kinds = sorted(set(VALUES) - (set() if annexes else {"annex"}))
    return [block(kind, draw(VALUES[kind](words))) for kind in draw(st.lists(st.sampled_from(kinds), max_size=most))]


@st.composite
def bodies(draw):
    """(the body as StreamField data, all its words in reading order)"""
    words = Words()
    return draw(parts(words, annexes=True)), list(words)
