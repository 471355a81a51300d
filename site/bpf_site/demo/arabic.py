"""The outcome of the fictitious forum in Arabic: what an invented translator wrote over its words."""

import json
from typing import Any

TITLE = "الحفاظ على وصلة مشتركة طوال الشتاء"
SUMMARY = (
    "وثيقة ختامية خيالية لعام 2099 تبين كيف ينتقل نص من مسودة أولى عبر التعليق العام وجلسة ختامية إلى توافق تقريبي. "
    "وموضوعها، وهو المنارات التي تحمل شبكات القرى، مختلق."
)

WORDS = {
    "This document is fictitious. It exists to show how the library works, and describes no real forum.": (
        "هذه الوثيقة خيالية. وهي موجودة لتبين كيف تعمل المكتبة، ولا تصف أي منتدى حقيقي."
    ),
    "Villages that keep spare parts and two trained people lose their link for fewer hours.": (
        "القرى التي تحتفظ بقطع غيار وبشخصين مدربين تفقد وصلتها ساعات أقل."
    ),
    "Introduction": "مقدمة",
    "In 2099 many coastal villages share one network link, which hangs on the lamp room of the nearest lighthouse": (
        "في عام 2099 تتقاسم قرى ساحلية كثيرة وصلة شبكة واحدة معلقة في غرفة مصباح أقرب منارة"
    ),
    "A lamp room stands some thirty metres above the sea in this story.": (
        "ترتفع غرفة المصباح في هذه القصة نحو ثلاثين مترًا فوق سطح البحر."
    ),
    ". Keepers and villagers asked the forum how others keep such a link alive through a winter of storms.": (
        ". وسأل الحراس وأهل القرى المنتدى كيف يحافظ غيرهم على وصلة كهذه طوال شتاء من العواصف."
    ),
    "The forum heard eleven villages. One calls its link ": "استمع المنتدى إلى إحدى عشرة قرية. تسمي إحداها وصلتها ",
    ", and all of them call it indispensable.": "، وتصفها كلها بأنها لا غنى عنها.",
    "What worked well": "ما نجح",
    "Three habits return in nearly every account:": "تتكرر ثلاث عادات في كل الروايات تقريبًا:",
    "spare parts are kept in the village, not on the mainland;": "تُحفظ قطع الغيار في القرية لا في البر الرئيسي؛",
    "two people, never one, know how to climb and mend;": "شخصان، لا واحد، يعرفان كيف يصعدان ويصلحان؛",
    "a public notice says when the link will rest.": "إعلان عام يقول متى ستتوقف الوصلة.",
    "Interruptions of the link in three invented villages, winter 2098 to 2099": (
        "انقطاعات الوصلة في ثلاث قرى مختلقة، شتاء 2098 إلى 2099"
    ),
    '"Village"': '"القرية"',
    '"Storms"': '"العواصف"',
    '"Hours without link"': '"ساعات بلا وصلة"',
    "Harrow Point": "هارو بوينت",
    "Saltholm": "سالتهولم",
    "Vieux Cap": "فيو كاب",
    "During a storm the keeper decides whether the link is switched off, tells the village why, and writes the hour "
    "into the public notice on the same day.": (
        "أثناء العاصفة يقرر الحارس ما إذا كانت الوصلة تُقطع، ويخبر القرية بالسبب، ويدوّن "
        "الساعة في الإعلان العام في اليوم نفسه."
    ),
    "Spare parts in the village halve the hours without a link.": (
        "قطع الغيار في القرية تخفض ساعات انقطاع الوصلة إلى النصف."
    ),
    '"Spare parts"': '"قطع الغيار"',
    "The notice hangs at the harbour and is read out on the radio.": "يُعلق الإعلان في الميناء ويُقرأ في الإذاعة.",
    "A notice that everybody reads": "إعلان يقرؤه الجميع",
    "A weekly notice of planned rests": "إعلان أسبوعي بالتوقفات المقررة",
    "The keepers' association of سالتهولم": "جمعية حراس سالتهولم",
    "Nobody was surprised by a rest in two winters.": "لم يفاجأ أحد بتوقف طوال شتاءين.",
    "Keep a spare antenna and a spare battery in every village.": "احتفظوا بهوائي احتياطي وبطارية احتياطية في كل قرية.",
    "Train a second person before the winter.": "دربوا شخصًا ثانيًا قبل الشتاء.",
    "<p>Villages</p>": "<p>القرى</p>",
    "<p>Keepers</p>": "<p>الحراس</p>",
    "Spare parts cost more than a small village earns from its link.": (
        "تكلف قطع الغيار أكثر مما تكسبه قرية صغيرة من وصلتها."
    ),
    '"Cost"': '"الكلفة"',
    "A keeper must not be asked for reasons while the storm lasts.": (
        "يجب ألا يُسأل الحارس عن الأسباب ما دامت العاصفة قائمة."
    ),
    "Reasons after the storm": "الأسباب بعد العاصفة",
    "The keepers of فيو كاب": "حراس فيو كاب",
    "Who answers when a storm damages a link that two villages share?": (
        "من المسؤول حين تُتلف عاصفة وصلة تتقاسمها قريتان؟"
    ),
    '"Liability"': '"المسؤولية"',
    "Compare the notices of the eleven villages and draft a common form.": (
        "مقارنة إعلانات القرى الإحدى عشرة وصياغة نموذج مشترك."
    ),
    "A common form": "نموذج مشترك",
    "Fictitious almanac of lamps, 2098.": "تقويم خيالي للمصابيح، 2098.",
    '"References"': '"المراجع"',
}
"""Of the text, in the order in which it is written over: a name within a sentence is written over before it."""


def written_over(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stored blocks of a text with these words in place of its own. Raises KeyError for words it does not have."""
    stored = json.dumps(blocks, ensure_ascii=False)
    for words, arabic in WORDS.items():
        if words not in stored:
            raise KeyError(words)
        stored = stored.replace(words, arabic)
    found: list[dict[str, Any]] = json.loads(stored)
    return found
