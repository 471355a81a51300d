"""An index of what other rooms may ask of search. Code of this room imports each from its concept."""

from search.alerts.services import mail_news
from search.answering.answer import search
from search.answering.cards import Card, Place, Results
from search.attached_files.services import read_waiting
from search.engines.base import EngineError
from search.indexing.health import Standing, health, stood_in_for, warnings
from search.indexing.rebuild import rebuild
from search.indexing.services import drain
from search.meaning.services import embed_waiting
from search.query.question import Question
from search.query_log.services import collect

__all__ = [
    "Card",
    "EngineError",
    "Place",
    "Question",
    "Results",
    "Standing",
    "collect",
    "drain",
    "embed_waiting",
    "health",
    "mail_news",
    "read_waiting",
    "rebuild",
    "search",
    "stood_in_for",
    "warnings",
]
