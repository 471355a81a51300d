"""What a question in natural language wants to be told. Pure."""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import islice

from search.analysis.analyzer import analyse, fold, tokens


class Aim(StrEnum):
    """What is asked. lineage: what became of something. open: what is still open on it. fact: anything else."""

    FACT = "fact"
    LINEAGE = "lineage"
    OPEN = "open"


_ASKING_WORDS = (
    "who whom whose what when where why how which is are was were do does did can could may should must has have "
    "qui quoi que quand où pourquoi comment combien quel quelle quels quelles est-ce "
    "quién quiénes qué cuándo dónde cómo cuál cuáles cuánto cuánta cuántos cuántas "
    "кто что когда где куда откуда почему зачем как какой какая какое какие сколько чей можно ли "
    "من ما ماذا متى أين لماذا كيف كم هل أي"
)
_ASKING = frozenset(map(fold, _ASKING_WORDS.split()))
_ASKING_IN_CHINESE = re.compile("什么|何时|为何|如何|为什么|怎么|怎样|哪|谁|多少|几|是否|吗|呢")
_LINEAGE = re.compile(
    r"\b(what (became|has become|happened|came after|came of)|what.*(succeeded|replaced|continued)|"
    r"who (continued|took over)|merged (into|with)|(se fusion|se integr|se unier|ont fusionn|a fusionn|ont rejoint)|"
    r"(слились|слилась|объединились|объединилась|влились|вошли) |"
    r"qué (fue|pasó|ocurrió|sucedió)|qu.est devenu|que sont devenu|"
    r"(qu|s).est-il (advenu|arrivé|passé)|"
    r"что (стало|случилось|произошло)|чем (стал|продолж))|ماذا حدث|ماذا حل|ما مصير|(اندمج|دمج)|"
    r"后来|结果如何|变成了什么|并入|合并",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b((is|are|remains?|still) (still )?(open|unresolved|unanswered|undecided)|open (questions?|issues?)|"
    r"questions? (left|remain)|future work|sigue abiert|queda.? (abiert|pendiente|por)|cuestiones (abiert|pendient)|"
    r"preguntas abiertas|reste.? (ouvert|à|en suspens)|questions ouvertes|en suspens|"
    r"(остается|остаются|остались|осталось) (открыт|нереш|не реш)|открытые вопросы|нерешенн)|"
    r"أسئلة مفتوحة|لا يزال مفتوحا|لم يحسم|未决|未解决|开放问题|悬而未决",
    re.IGNORECASE,
)

_WANTS_A_DOCUMENT = re.compile(
    r"\b(where|où|dónde|donde|где)\b.{0,60}\b(outcome|output|document|report|result|rapport|résultat|resultado|informe|"
    r"итог|документ|доклад|результат)|أين.{0,60}(وثيق|نتيج|نتائج|تقرير)|(成果|文件|报告|结果).{0,30}(在哪|哪里)|"
    r"(在哪|哪里).{0,30}(成果|文件|报告|结果)",
    re.IGNORECASE,
)
"""No paragraph answers where a document is; the page of its theme and the results do."""


def aim_of(text: str) -> Aim | None:
    """None where nothing is asked: words to look for."""
    plain = fold(text)
    if _LINEAGE.search(text) or _LINEAGE.search(plain):
        return Aim.LINEAGE
    if _OPEN.search(text) or _OPEN.search(plain):
        return Aim.OPEN
    if _WANTS_A_DOCUMENT.search(text):
        return None
    words = [token.exact for token in analyse(text, "en")]
    asks = bool(words) and words[0] in _ASKING and len(words) > 2
    asks = asks or text.rstrip().endswith(("?", "？", "؟")) or bool(_ASKING_IN_CHINESE.search(text))
    return Aim.FACT if asks else None


_TELLS_LINEAGE = re.compile(
    r"\b(merged|continued by|continues|carried on|went into|grew out of|succeeded|renamed|taken over|taken up in|"
    r"the line|began in|ran from|first\b.{0,80}\bthen|"
    r"fusion|continu|suivi|слит|продолж|объединен)|دمج|استمر|并入|合并|延续",
    re.IGNORECASE,
)


def tells_lineage(text: str) -> bool:
    return bool(_TELLS_LINEAGE.search(text))


_ASKS_WHEN = re.compile(
    r"\bwhen (was|were|did|is|are|will)\b|\bquand (a|ont|est|était|eut|sera|aura)\b|\bcuándo (fue|se|tuvo|es|será)\b|"
    r"\bкогда (был|прош|прох|состо|нач|закон|будет)|متى|何时|什么时候|哪年|哪一年",
    re.IGNORECASE,
)
_ASKS_HOW_MANY = re.compile(
    r"\bhow many\b|\bcombien d|\bcuánt[oa]s\b|\bсколько\b|\bكم\b|多少|几[个次份]", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?<![\d.])(?!(?:19|20)\d\d\b)\d[\d,.]*|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|half|"
    r"deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|dos|tres|cuatro|cinco|siete|ocho|nueve|diez|cien|"
    r"два|две|три|четыре|пять|шесть|семь|восемь|девять|десять|сто|тысяч\w*)\b",
    re.IGNORECASE,
)
"""One that is no year."""

_COUNTED_AMONG = 3  # words after a number: "three young panelists"
_ENOUGH_OF_A_WORD = 5  # letters that two forms of it share

_WHO = re.compile(r"\b(who|whom|qui|quién|quiénes|кто|кем)\b|(^|\s)من\s|谁|誰", re.IGNORECASE)
_ROLES = tuple(
    re.compile(role, re.IGNORECASE)
    for role in (
        r"coordinat(or|ed|rice)|coordonn|coordonateur|coordinador|coordinó|координ|منسق|协调",
        r"facilitat(or|ed)|facilit(ateur|ador|ó)|фасилит|ميسر|主持",
        r"rapporteur|relator|докладчик|مقرر|报告员",
        r"\bmoderat(or|ed)|modérat|moderador|модератор",
        r"consultant|consultor|консультант|استشاري|顾问",
        r"\bedit(or|ed)\b|éditeur|\beditó|редактор|محرر|编辑",
        r"\b(co-?)?chair(ed|s|man|woman|person)?\b|présid|presid|председател|رئيس|主席",
        r"\b(led|leads?|leader)\b|dirig|руковод|возглав|يقود|قاد|领导",
    )
)


def may_tell(question: str, text: str, words: Sequence[str]) -> bool:
    """Whether a text has what a question asks for by kind: a date where it asks when something was, a number of what it
    asks how many there are, somebody in the role where it asks who had it. Everything may tell what else is asked.

    words: the telling words of the question, in the language of the text.
    """
    if _ASKS_WHEN.search(question) and not any(character.isdecimal() for character in text):
        return False
    if _ASKS_HOW_MANY.search(question) and not _counts(text, words):
        return False
    roles = [role for role in _ROLES if role.search(question)] if _WHO.search(question) else []
    return not roles or any(role.search(text) for role in roles)


def _counts(text: str, words: Sequence[str]) -> bool:
    """Whether a number stands before any of some words."""
    beginnings = tuple(fold(word)[:_ENOUGH_OF_A_WORD] for word in words)
    return any(
        token.exact.startswith(beginnings)
        for match in _NUMBER.finditer(text)
        for token in islice(tokens(text, "en", match.end()), _COUNTED_AMONG)
    )
