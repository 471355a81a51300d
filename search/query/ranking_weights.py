"""What counts how much. Every number was chosen by the run that docs/search.md names beside it. Pure."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Weights:
    """fields: what a word weighs in each text field of a whole record; factors are relative to the body."""

    fields: dict[str, float] = field(
        default_factory=lambda: {"title": 1.0, "about": 0.6, "lead": 0.3, "body": 1.0, "exact": 0.2}
    )
    passage_fields: dict[str, float] = field(default_factory=lambda: {"body": 1.0, "exact": 0.3})
    synonym: float = 0.8  # below the word that was typed
    rendering: float = 0.8  # a question in English words, below the words that were typed in another language
    near: float = 0.6  # a word one or two letters away from one that stands nowhere
    prefix: float = 0.7  # each word a prefix stands for, the same in every engine
    stub: float = 0.5  # a passage that is a heading, an entry of a list or a link, below one that says something
    all_words: float = 1.3  # records that hold all words of the question before those that hold some
    near_words: float = 2.0  # two words of the question close together; what is close scores 1
    name: float = 3.0  # words with capitals side by side, as in Paris Call, where they stand as they do in the question
    year: float = 2.0  # what belongs to a year that the question names, beside words that are close
    year_in_order: float = 0.3  # the same beside the best answer by words, where meaning puts answers in order
    meaning: float = 20.0  # a hundredth of cosine more against a fifth of the words of the best answer by words
    coverage_power: int = 3  # how fast words give way where the index does not know all of them
    usual_word: float = 0.6  # share of the documents above which a word finds none of them by itself
    related_above: float = 0.0145  # of cosine above the usual, for a document that holds none of the words
    little_known: float = 0.5  # coverage below which a question is about nothing here, unless its meaning tells:
    nearness: float = 0.2  # what the nearest has above the usual, and this share of its cosine, together reach
    telling: float = 0.1845  # this
    telling_elsewhere: float = 0.1765  # or this, if its words are of a language that no text has
    least_usual: int = 20  # documents that tell what is usual; a smaller library does not
    answer_words: float = 0.03  # what the best passage by words adds to the cosine of a paragraph that may answer,
    answer_held: float = 0.1  # what holding all words of the question adds,
    answer_least: float = 0.148  # above the usual, and what all together reach where it answers
    answer_least_told: float = 0.07  # the same where the paragraph is known to tell what became of it, or what is open
    related_share: float = 0.5  # and as far above it as this share of the nearest
    few_related: int = 5  # these many may be nearer to the usual, as far above it as this share of the nearest
    few_share: float = 0.25
    most_related: int = 50
    superseded: float = 0.4  # a former edition stands below the newest of the same text
    near_slop: int = 3
    window: int = 100  # documents that closeness and shared words put in order again, in whole pages
    feedback: float = 1.6  # the most telling word of the first answers, in questions of `feedback_from` words and more
    feedback_from: int = 3
    feedback_documents: int = 8
    feedback_least: int = 4
    feedback_words: int = 40


WEIGHTS = Weights()
