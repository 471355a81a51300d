"""Two fictitious texts of 300 paragraphs each, in which nine paragraphs answer a question each. Pure, always the same.

The answers were written by hand. What is around each is put together from parts, and speaks of the subject of its
question as a text of a forum does: what was heard, compared and left open.
"""

import random

PARAGRAPHS = 300

Pair = tuple[str, str]
"""A question in plain language, and the paragraph that answers it."""

LINK: tuple[Pair, ...] = (
    ("How long may a village keep records of who was connected?",
     "Records of who was connected, and for how long, are deleted by the village after ninety days, unless a court "
     "of the district asks for them in writing."),
    ("Who pays when a storm breaks the mast?",
     "When a storm breaks a mast, the repair is paid from the common fund, to which every household gives two "
     "crowns a year; the owner of the land pays nothing."),
    ("What should I do if my neighbour uses all of the bandwidth?",
     "If one home uses so much bandwidth that its neighbours are slowed down, the steward speaks to the family "
     "first, and only then limits the line in the busy hours of the evening."),
    ("Can children join without their parents agreeing?",
     "Children under fourteen may join only if a parent or guardian agrees; from fourteen on the young person "
     "decides alone, and the school explains the rules."),
    ("Why was the old radio equipment replaced?",
     "The old radio equipment was replaced because it disturbed the beacons of ships; in the fourth winter it was "
     "taken down, and transmitters on a licensed frequency were put up."),
    ("Is it allowed to earn money with the shared connection?",
     "Small traders are allowed to sell through the shared connection. Selling access itself for money is "
     "forbidden by the charter of the cooperative."),
    ("How do people who cannot see use the portal?",
     "People who cannot see have the notices of the portal read aloud by telephone, and every page was tried by "
     "blind members with a screen reader before it was opened."),
    ("What happens to the network when nobody wants to be steward any more?",
     "When nobody wants to be steward for three months, the network goes to the neighbouring cooperative, which "
     "takes over cables and towers and has to keep them running for a year."),
    ("How quickly must a fault be repaired?",
     "A fault that cuts off more than ten homes must be repaired within two days; for a single line a week is "
     "enough, longer only while the island cannot be reached."),
)  # fmt: skip
SPEECH: tuple[Pair, ...] = (
    ("Where can somebody complain about a post that was taken down?",
     "Somebody whose post was taken down can complain to the panel of three readers, which answers within ten days "
     "and gives its reasons in public."),
    ("How many moderators are needed for a thousand members?",
     "Four moderators are enough for about a thousand members, as experience in the seven ports shows, if none of "
     "them works more than five hours a week."),
    ("What helped against fake accounts before the vote?",
     "Fake accounts fell by half before the vote once each newcomer had to be introduced by two people who already "
     "took part, a step that took a minute and cost nothing."),
    ("Are messages in small languages checked by people who understand them?",
     "Messages in a small language are checked only by people who speak it; automatic translation was given up, "
     "because it took irony for insult in every third case."),
    ("Does the law protect somebody who reports wrongdoing?",
     "The law of the ports protects those who report wrongdoing: an employer who dismisses one has to prove "
     "another ground, and the name stays with the ombudsman."),
    ("Why did women leave the discussion boards?",
     "Women left the discussion boards above all because of threats in private messages, and because nobody had "
     "answered when they told the administrators of them."),
    ("What did it cost to run the boards for a year?",
     "To run the boards cost eleven thousand crowns in the year, two thirds of them for hosting and the rest for "
     "the training of volunteers."),
    ("When is a person blocked for good?",
     "A person is blocked for good only after three warnings within a year and if all members of the board agree; "
     "even this ends on request after five years."),
    ("How was it found out whether readers trust the site?",
     "Whether readers trust the site was found out by a survey among eight hundred households, asked by post "
     "before and after the reform how far they believe what is announced there."),
)  # fmt: skip

SUBJECTS = (
    ("records of connections", "logs of the network", "data about households", "how long data are kept"),
    ("storms at the mast", "damage by weather", "insurance of equipment", "the winter gales"),
    ("traffic in the evening", "bandwidth of a home", "slow lines", "use by neighbours"),
    ("accounts of children", "parents and the Internet", "lessons at school", "the safety of young people"),
    ("old radio equipment", "transmitters", "frequencies", "the beacons of ships"),
    ("trade over the network", "money earned online", "prices of access", "shops at the quay"),
    ("blind readers", "pages that are read aloud", "large letters", "access for people with disabilities"),
    ("the office of steward", "elections of the cooperative", "succession", "neighbouring cooperatives"),
    ("faults of the cable", "repairs", "outages", "the time until a line works again"),
    ("complaints of members", "posts that were removed", "the panel of readers", "reasons given in public"),
    ("the work of moderators", "volunteers", "hours of work", "the size of the boards"),
    ("fake accounts", "the vote of the spring", "newcomers", "proof of identity"),
    ("small languages", "translation", "native speakers", "messages in a minority tongue"),
    ("whistleblowers", "reports of wrongdoing", "employers", "the law of the ports"),
    ("women on the boards", "threats", "participation", "private messages"),
    ("the budget", "costs of a year", "hosting", "training"),
    ("exclusion of members", "warnings", "people who were blocked", "ways to return"),
    ("trust of readers", "surveys", "announcements", "opinions of households"),
)  # fmt: skip
"""What the parts of the texts are about, one a question, in the order of the questions."""

WHO = ("The forum", "Members of the council", "Experts from other ports", "The rapporteur", "A working group",
       "Speakers from the islands", "The cooperative", "Several contributors", "The drafting team", "Two villages",
       )  # fmt: skip
DID = ("discussed", "described", "compared practice on", "reported on", "heard cases about", "asked about",
       "collected views on", "listed examples of", "noted differences in", "agreed to return to")  # fmt: skip
WHEN = ("at the meeting in the harbour", "in the second year", "with a questionnaire", "before the winter",
        "in a workshop of two days", "together with guests from abroad", "in the report of the autumn",
        "during the public consultation", "on the last day of the session", "without a conclusion")  # fmt: skip
REST = ("No decision was taken.", "The minutes are kept at the office.", "Opinions differed between the islands.",
        "More evidence is needed.", "The matter was referred to the next session.", "Several examples were given.",
        "This was seen as a question for later work.", "An annex names the participants.",
        "Others warned against haste.", "The group will collect further cases.")  # fmt: skip


def text(pairs: tuple[Pair, ...], subjects: tuple[tuple[str, ...], ...], seed: int) -> tuple[list[str], dict[str, int]]:
    """The paragraphs of a text, and question to the place of its answer among them, from 0."""
    chance = random.Random(seed)
    paragraphs: list[str] = []
    places = {}
    for at, ((question, answer), subject) in enumerate(zip(pairs, subjects, strict=True), start=1):
        begin, end = len(paragraphs), PARAGRAPHS * at // len(pairs)
        paragraphs += [_filling(chance, subject) for _ in range(end - begin)]
        places[question] = chance.randrange(begin, end)
        paragraphs[places[question]] = answer
    return paragraphs, places


def _filling(chance: random.Random, subject: tuple[str, ...]) -> str:
    sentences = [
        f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(subject)} {chance.choice(WHEN)}."
        for _ in range(chance.randrange(1, 4))
    ]
    return " ".join([*sentences, chance.choice(REST)])


TEXTS = {
    "A network of the coast": text(LINK, SUBJECTS[:9], 7),
    "The boards of seven ports": text(SPEECH, SUBJECTS[9:], 11),
}
"""Title to its paragraphs and to where each question is answered."""
