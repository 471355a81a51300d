"""What search keeps that may name a person (core.personal_data)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.personal_data import Erasure, Holding, naming, register
from search.query_log.models import AskedQuestion


def _forget(keys: list[Any], asked: Erasure) -> None:
    AskedQuestion.objects.filter(pk__in=keys).delete()


register(
    Holding(
        model="search.AskedQuestion",
        key="questions",
        what=_("Questions asked of the search, counted by day"),
        why=_("To see what is looked for in vain. Nothing says who asked."),
        until=_("%(days)s days"),
        days="SEARCH_LOG_DAYS",
        words=("question",),
        impersonal=("engine",),
        about=lambda email: naming(AskedQuestion.objects.all(), "question", email),
        erase=_forget,
    )
)
