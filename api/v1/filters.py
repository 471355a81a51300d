"""Filters of the API's lists and statistics: what each takes, and how the documentation describes it."""

from api.citations.citable import GENRES
from api.v1.parameters import SLUG, Parameter, day, number, one_of, word
from workflow.states import PUBLIC

FILTERS = (
    Parameter("year", "Of the meeting.", *number(0, 9999)),
    Parameter("forum", "The forum's part of its address.", *word(SLUG)),
    Parameter("theme", "A theme's part of its address: /api/v1/themes lists them.", *word(SLUG)),
    Parameter("kind", "What the document is.", *one_of(list(GENRES))),
    Parameter("stage", "Where it stands; final is an outcome.", *one_of(sorted(PUBLIC))),
    Parameter("language", "A BCP 47 tag, as the documents carry it.", *word(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}")),
    Parameter("changed_since", "Only what changed on this day (UTC) or later.", *day()),
)
FICTITIOUS = Parameter("fictitious", "yes: with what was invented for 2099.", *one_of(("yes", "no")), default="no")
