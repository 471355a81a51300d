"""What sixty invented people say about the invented draft: ten remarks, each made in the six languages of the library.

Each remark aims at the passage of the first edition that begins with `about`, and gets one answer from the forum.
"""

from dataclasses import dataclass

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


@dataclass(frozen=True, slots=True)
class Topic:
    """about: first words of the passage, "" for the whole document. addressed: number of the edition that took it."""

    about: str
    kind: str
    texts: tuple[str, str, str, str, str, str]
    outcome: str
    response: str
    addressed: int = 0


TOPICS = (
    Topic(
        "spare parts are kept",
        "substantive",
        (
            "Say how many spare parts a village of three hundred people needs.",
            "Dites combien de pièces de rechange il faut à un village de trois cents habitants.",
            "Digan cuántos repuestos necesita un pueblo de trescientos habitantes.",
            "Укажите, сколько запасных частей нужно деревне, где живут триста человек.",
            "اذكروا عدد قطع الغيار التي تحتاج إليها قرية يسكنها ثلاثمئة شخص.",
            "请说明一个三百人的村庄需要多少备件。",
        ),
        "noted",
        "The eleven villages gave no comparable figures; the question stays with future work.",
    ),
    Topic(
        "During a storm",
        "substantive",
        (
            "The keeper should tell the village why the link is switched off.",
            "Le gardien devrait dire au village pourquoi la liaison est coupée.",
            "El guardián debería decir al pueblo por qué se corta el enlace.",
            "Смотритель должен сказать деревне, почему связь отключена.",
            "ينبغي أن يخبر الحارس القرية بسبب قطع الاتصال.",
            "看守人应当告诉村民为什么切断线路。",
        ),
        "accepted",
        "",
        2,
    ),
    Topic(
        "During a storm",
        "editorial",
        (
            "Please say that the hour is written down as well.",
            "Précisez que l'heure est notée aussi.",
            "Indiquen que también se anota la hora.",
            "Добавьте, что записывается и час.",
            "أضيفوا أن الساعة تُسجَّل أيضًا.",
            "请补充：时间也要记录下来。",
        ),
        "modified",
        "The hour goes into the public notice, where everybody looks for it.",
        2,
    ),
    Topic(
        "two people, never one",
        "substantive",
        (
            "Two trained people are too few in winter; ask for four.",
            "Deux personnes formées sont trop peu en hiver ; demandez-en quatre.",
            "Dos personas formadas son pocas en invierno; pidan cuatro.",
            "Двух обученных людей зимой мало, просите четырёх.",
            "شخصان مدرَّبان لا يكفيان في الشتاء؛ اطلبوا أربعة.",
            "冬天只有两个受过训练的人太少，请要求四个人。",
        ),
        "rejected",
        "The sentence reports what the villages do. None of them has four trained people.",
    ),
    Topic(
        "Interruptions of the link",
        "general",
        (
            "The table should also show the winter before.",
            "Le tableau devrait montrer aussi l'hiver précédent.",
            "El cuadro debería mostrar también el invierno anterior.",
            "В таблице нужна и предыдущая зима.",
            "ينبغي أن يبيّن الجدول الشتاء السابق أيضًا.",
            "表格还应列出前一个冬天。",
        ),
        "out_of_scope",
        "The forum was asked about one winter only.",
    ),
    Topic(
        "Keep a spare antenna",
        "substantive",
        (
            "A spare antenna is of no use without a spare mast.",
            "Une antenne de rechange ne sert à rien sans mât de rechange.",
            "Una antena de repuesto no sirve sin un mástil de repuesto.",
            "Запасная антенна бесполезна без запасной мачты.",
            "لا فائدة من هوائي احتياطي بلا سارية احتياطية.",
            "没有备用桅杆，备用天线就没有用处。",
        ),
        "deferred",
        "Masts are a subject of their own; the forum proposes it for another year.",
    ),
    Topic(
        "Who answers when",
        "general",
        (
            "Ask the insurers of the invented county.",
            "Interrogez les assureurs du comté inventé.",
            "Pregunten a las aseguradoras del condado inventado.",
            "Спросите страховщиков вымышленного округа.",
            "اسألوا شركات التأمين في المقاطعة المتخيَّلة.",
            "请询问这个虚构的郡的保险公司。",
        ),
        "noted",
        "A good way to answer the open question, which stays open.",
    ),
    Topic(
        "Spare parts cost",
        "substantive",
        (
            "Neighbouring villages could share one store of parts.",
            "Des villages voisins pourraient partager un dépôt de pièces.",
            "Los pueblos vecinos podrían compartir un almacén de repuestos.",
            "Соседние деревни могли бы иметь общий склад запчастей.",
            "يمكن للقرى المتجاورة أن تتقاسم مستودعًا واحدًا لقطع الغيار.",
            "相邻的村庄可以共用一个备件仓库。",
        ),
        "noted",
        "Nobody has tried it yet; the idea is kept with the challenge.",
    ),
    Topic(
        "Reasons are given while",
        "substantive",
        (
            "Reasons should be given on the day after the storm, never while it lasts.",
            "Les raisons devraient être données le lendemain de la tempête, jamais pendant.",
            "Las razones deberían darse al día siguiente de la tormenta, nunca durante ella.",
            "Причины следует называть на следующий день после шторма, но не во время него.",
            "ينبغي أن تُذكر الأسباب في اليوم التالي للعاصفة، لا في أثنائها.",
            "理由应当在风暴后的第二天说明，而不是在风暴期间。",
        ),
        "rejected",
        "Most villages want to know at once. The other view is printed as a dissent.",
    ),
    Topic(
        "",
        "general",
        (
            "This draft is easy to read. Thank you.",
            "Ce projet se lit facilement. Merci.",
            "Este borrador se lee con facilidad. Gracias.",
            "Этот проект легко читать. Спасибо.",
            "هذه المسودة سهلة القراءة. شكرًا لكم.",
            "这份草案很容易读懂。谢谢。",
        ),
        "noted",
        "Thank you.",
    ),
)

NAMES = {  # invented; ten a language
    "en": "Ada Fathom, Ben Halyard, Cleo Marsh, Dov Kelp, Edie Spar, Finn Cairn, Gwen Sedge, Hal Buoy, Isla Thrift, "
    "Jem Ebb",
    "fr": "Aude Phare, Brice Houle, Clélie Embrun, Denis Vague, Élise Grève, Fanch Récif, Gaël Marée, Héloïse Dune, "
    "Iris Falaise, Jules Écume",
    "es": "Alba Farol, Bruno Marea, Celia Arena, Darío Viento, Elena Ola, Fermín Ancla, Gala Bruma, Hugo Remo, "
    "Inés Costa, Julio Faro",
    "ru": "Анна Маякова, Борис Волнов, Вера Береговая, Глеб Штормов, Дина Парусова, Егор Лодкин, Жанна Морская, "
    "Захар Якорев, Ия Прибой, Клим Ветров",
    "ar": "أمل المنارة، باسل الموج، تالا الشاطئ، ثامر الريح، جنى البحر، حسام المرسى، خلود الرمل، داود الشراع، "
    "ذكرى المد، رامي الجزر",
    "zh": "安灯塔、白海浪、陈沙滩、丁微风、方船帆、高礁石、何潮水、江海鸥、林雾角、马港湾",
}


def names_in(language: str) -> list[str]:
    return [name.strip() for name in NAMES[language].replace("،", ",").replace("、", ",").split(",")]
