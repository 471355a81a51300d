"""Words that say nothing about a subject: left out of a question, kept in the index: "not found" stays a phrase.

Function words of the six languages, without those that are a subject in another of them (English "son", "car").
"""

from search.analysis.analyzer import fold

_BY_LANGUAGE = {
    "en": "a about above after again all also am an and any are as at be been being before but by can could did "
    "do does doing done during each few for from further get had has have having he her here hers him his "
    "how however i if in into is it its just me more most my no nor not of off on once only or other our "
    "out over own she should so some such than that the their them then there these they this those "
    "through to too under until up us very was we were what when where whether which while who whom whose "
    "why will with without would you your "
    # what else asks: "I would like to know", "tell me about", "the latest"; and years: "between", "since"
    "like want try trying know tell show give explain please hi hello hey um uh latest newest between since "
    # what is left of don't, isn't, you'll, where an apostrophe parts words
    "don didn doesn isn aren wasn weren couldn shouldn wouldn hasn haven hadn ll ve vs versus",
    "fr": "au aux avec ce ces cette dans de des du elle elles en est et eux il ils je la le les leur leurs lui "
    "ma mais mes moi mon ne nos notre nous ont ou où par pas pour qu que quel quelle quelles quels qui sa "
    "se sera ses sont sur ta te tes ton tu un une vos votre vous comment pourquoi quand y d l s c j m n t",
    "es": "al algo ante como con cual cuales cuando cuál cómo cuándo de del desde donde dónde el ella ellas "
    "ellos en entre era esa ese eso esta este esto está están hay la las le les lo los más me mi mucho "
    "muy nos o para pero por porque qué que quien quién se sea ser si sin sobre su sus también tiene un "
    "una uno unos y ya",
    "ru": "а без бы был была были было быть в вам вас во вот все всё вы где да для до его ее её если есть еще "
    "ещё же за и из или им их к как какие какой ко когда кто ли между мы на над не нет ни но о об он она "
    "они от по под почему при с со так также там то только у уже чем что чтобы эта эти это этот",
    "ar": "من في على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين أن ان إن كان كانت هو هي هم ما ماذا لماذا كيف "
    "متى أين هل أو او ثم لا لم لن قد كل بين بعد قبل حول عند و",
    "zh": "的 了 是 在 和 与 及 或 吗 呢 如何 什么 怎么 为什么 哪些",
}

STOP_WORDS = frozenset(fold(word) for words in _BY_LANGUAGE.values() for word in words.split())
