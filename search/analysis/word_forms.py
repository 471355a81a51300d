"""Forms of one word that no stemmer brings together: ways of spelling, irregular plurals. Pure.

Read before a stem is made, so that text and question meet whichever form they use. Only stems are changed: the exact
form stays as written, and so do quoted words.
"""

import re
from collections.abc import Callable

_ISE = re.compile(
    r"^(?!(?:adv|advert|appra|ar|bru|chast|circumc|compr|comprom|conc|cru|dem|desp|dev|disenfranch|disgu|enterpr|exc|"
    r"exerc|expert|franch|gu|improv|inc|lia|likew|mala|merchand|no|otherw|parad|po|pra|prec|prem|pr|prom|ra|repr|"
    r"rev|r|superv|surm|surpr|telev|treat|v|w|clockw|unw)is)"
    r"([a-z]+)is(?=(?:e|es|ed|er|ers|ing|able|ation|ations|ational)$)"
)
"""The American form of both: that is the one whose endings Snowball knows. Words that have one form are left alone."""

_YSE = re.compile(r"(?<=al)ys(?=(?:e|es|ed|er|ers|ing)$)")
_OUR = re.compile(
    r"^(ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|misbehavi|neighb|od|parl|rig|"
    r"rum|sav|savi|splend|tum|unfav|vap|vig|discol|dishon)our"
)
_RE = re.compile(r"^(calib|cent|epicent|fib|goit|kilomet|lit|lust|maneuv|meag|met|millimet|mit|och|sab|somb|spect|"
                 r"theat)re(?=s?$)")  # fmt: skip
_ENCE = re.compile(r"^(def|lic|off|pret)enc(?=(?:e|es|ed|ing)$)")
_LLED = re.compile(r"^(cancel|channel|counsel|dial|equal|fuel|initial|label|level|marshal|model|panel|quarrel|rival|"
                   r"signal|total|travel|tunnel)l(?=(?:ed|er|ers|ing|ings|or|ors)$)")  # fmt: skip
_OGUE = re.compile(r"^(anal|catal|dial|monol|epil|prol)ogue(?=s?$)")
_ERISM = re.compile(r"(?<=[a-z]{3}er)isms?$")
_ISM = re.compile(r"(?<=[a-z]{4})isms?$")

ENGLISH = {
    "analyses": "analyze", "analysis": "analyze",
    "acknowledgment": "acknowledgement", "acknowledgments": "acknowledgement", "aging": "ageing",
    "appendices": "appendix", "children": "child", "criteria": "criterion", "cheque": "check", "cheques": "check",
    "crises": "crisis", "diagnoses": "diagnosis", "feet": "foot", "fulfil": "fulfill", "fulfils": "fulfill",
    "geese": "goose", "grandchildren": "grandchild", "gray": "grey", "hypotheses": "hypothesis", "indices": "index",
    "instalment": "installment", "instalments": "installment", "judgment": "judgement", "judgments": "judgement",
    "knives": "knife", "matrices": "matrix", "men": "man", "mice": "mouse", "people": "person", "peoples": "person",
    "phenomena": "phenomenon", "practise": "practice", "practised": "practice", "practises": "practice",
    "practising": "practice", "programme": "program", "programmes": "program", "schoolchildren": "schoolchild",
    "skilful": "skillful", "teeth": "tooth", "theses": "thesis", "tyre": "tire", "tyres": "tire",
    "vertices": "vertex", "wives": "wife", "wolves": "wolf", "women": "woman", "enrol": "enroll", "enrols": "enroll",
    "enrolment": "enrollment", "enrolments": "enrollment", "halves": "half",
    "policemen": "policeman", "policewomen": "policewoman", "businessmen": "businessman",
    "businesswomen": "businesswoman", "congressmen": "congressman", "councilwomen": "councilwoman",
    "spokesmen": "spokesman", "spokeswomen": "spokeswoman", "chairmen": "chairman", "chairwomen": "chairwoman",
}  # fmt: skip
"""Folded word to the form it is read as."""

_RUSSIAN = {
    "ребенок": "дети детей детям детьми детях дитя ребенка ребенку ребенком ребенке ребята ребят ребятам",
    "человек": "люди людей людям людьми людях",
    "время": "времени временем времена времен временам временами временах",
    "имя": "имени именем имена имен именам именами именах",
    "мать": "матери матерью матерей матерям матерями матерях",
    "дочь": "дочери дочерью дочерей дочерям дочерями дочерях",
    "друг": "друзья друзей друзьям друзьями друзьях",
    "год": "лет", "подросток": "подростки подростков подросткам подростками подростках подростка подростку",
}  # fmt: skip
RUSSIAN = {form.replace("й", "и"): word for word, forms in _RUSSIAN.items() for form in forms.split()}
"""Folded form to its word, which the stemmer reads."""

_ARABIC = (
    "طفل اطفال|شبكه شبكات|حق حقوق|دوله دول|برنامج برامج|مشروع مشاريع|موقع مواقع|قانون قوانين|نظام انظمه نظم|"
    "خدمه خدمات|مراه امراه نساء|رجل رجال|شاب شباب|فرد افراد|مبدا مبادئ|معيار معايير|جهاز اجهزه|خطر اخطار مخاطر|"
    "هدف اهداف|طرف اطراف|بلد بلدان بلاد|كتاب كتب|تقرير تقارير|اسم اسماء|رقم ارقام|مورد موارد|مصدر مصادر|"
    "حاجز حواجز|مركز مراكز|قضيه قضايا|فكره افكار|راي اراء|عضو اعضاء|خبير خبراء|شريك شركاء|صاحب اصحاب|"
    "مصلحه مصالح|اداه ادوات|قيمه قيم|دور ادوار|نوع انواع|شكل اشكال|عمل اعمال|سوق اسواق|جزء اجزاء|درس دروس|"
    "حل حلول|حد حدود|عقد عقود|نص نصوص|فصل فصول|بحث بحوث ابحاث|طالب طلاب|عالم علماء|مدينه مدن|قريه قري|"
    "جزيره جزر|شعب شعوب|يوم ايام|شهر اشهر شهور|عام اعوام|سنه سنوات سنين|حادث حوادث|هجوم هجمات|تهديد تهديدات|"
    "عائق عوائق|ورقه اوراق|جانب جوانب|جامعه جامعات|وسيله وسائل|رساله رسائل|فائده فوائد|قاعده قواعد|نتيجه نتائج|"
    "تجربه تجارب|مساله مسائل|وظيفه وظائف|شريحه شرائح|مهاره مهارات|لغه لغات|اقليم اقاليم|ميزان موازين|ضحيه ضحايا|"
    "وثيقه وثائق|وكيل وكلاء|وزير وزراء|فتاه فتيات|بنت بنات|مراهق مراهقين|مستخدم مستخدمين|حكومه حكومات|منظمه منظمات"
)


def arabic(stem: Callable[[str], str]) -> dict[str, str]:
    """Stem of a broken plural to that of its singular. stem: the light stemmer, which reads folded words."""
    found: dict[str, str] = {}
    for row in _ARABIC.split("|"):
        one, *many = row.split(" ")
        found |= {stem(each): stem(one) for each in many if stem(each) != stem(one)}
    return found


def english(word: str) -> str:
    """The form a folded English word is read as; mostly the word itself. Keeps its first letter."""
    if (known := ENGLISH.get(word)) is not None:
        return known
    if len(word) < SHORTEST:
        return word
    for pattern, wanted in _RULES:
        changed = pattern.sub(wanted, word)
        if changed != word:
            return changed
    return word


SHORTEST = 5  # letters of a word that has two ways of spelling

_RULES = (
    (_ISE, r"\1iz"), (_YSE, "yz"), (_OUR, r"\1or"), (_RE, r"\1er"), (_ENCE, r"\1ens"), (_LLED, r"\1"), (_OGUE, r"\1og"),
    (_ERISM, ""), (_ISM, "ist"),
)  # fmt: skip


_WITH_WAW = (
    "وطن وطني وطنيه وثيقه وثائق وسيله وسائل وسائط وسيط وسطاء وكاله وكالات وكيل وكلاء وزاره وزارات وزير وزراء "
    "وزاري واقع واقعي واقعيه واجب واجبات واجهه واجهات وصول وصله وصلات وضع وضعيه وعي وقت وقايه وقائي وقائيه "
    "ورشه ورش ورقه ورقي وحده وحدات ولايه ولايات ويب واحد واحده واسع واسعه وفد وفود وظيفه وظائف وظيفي وظيفيه "
    "وصف وصفي وصفيه والد والدين والده وليد وسم وسوم وفاق وفاه وفيات وباء وبائي وارد واردات"
)
ARABIC_WITH_WAW = frozenset(_WITH_WAW.split(" "))
"""Words that begin with waw: it is a letter of theirs there, and not the word "and"."""
