"""What a question in natural language wants to be told. Pure."""

import re
from enum import StrEnum

from search.analysis.analyzer import analyse, fold


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
