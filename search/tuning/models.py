"""Rows of synonyms and recommended results, which the Secretariat edits."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from editions.models import Edition
from search.analysis.analyzer import question_key
from search.tuning.synonyms import Entry, Rule


class Synonym(models.Model):
    """Other words for the same thing. Acts on the next question: the index holds no synonyms."""

    rule = models.CharField(
        _("rule"),
        max_length=10,
        choices=[
            (Rule.TWO_WAY, _("Each of the terms also finds the others")),
            (Rule.ONE_WAY, _("The first term also finds the others")),
            (Rule.NEVER, _("Typed alone, these terms find nothing but themselves")),
        ],
        default=Rule.TWO_WAY,
    )
    terms = models.TextField(
        _("terms"), max_length=2000, help_text=_("One a line, as people write them. Several words make one term.")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Why the row is here. Not public."))
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["terms"]

    def __str__(self) -> str:
        return ", ".join(self.term_list)

    @property
    def term_list(self) -> tuple[str, ...]:
        return tuple(term.strip() for term in self.terms.splitlines() if term.strip())

    @property
    def entry(self) -> Entry:
        return Entry(Rule(self.rule), self.term_list, self.language)

    def clean(self) -> None:
        if self.rule != Rule.NEVER and len(self.term_list) < 2:
            raise ValidationError({"terms": _("Give two terms at least, one a line.")})


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def running_on(self, day: date) -> Self:
        """Until and including the last day."""
        return self.filter(ends_on__gte=day)


class Recommendation(models.Model):
    """A document editors put above the results of a question, labelled as such, until a day comes."""

    question = models.CharField(
        _("question"), max_length=200, help_text=_("The words typed; their order, case and endings do not matter.")
    )
    key = models.CharField(max_length=400, editable=False, db_index=True)
    document = models.CharField(
        _("document"), max_length=110, help_text=_("Identifier without the edition: BPF-2014-SPAM.")
    )
    note = models.CharField(_("why"), max_length=200, blank=True, help_text=_("Shown below the title."))
    ends_on = models.DateField(_("last day"))

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommended result")
        verbose_name_plural = _("recommended results")
        ordering = ["question", "pk"]

    def __str__(self) -> str:
        return f"{self.question}: {self.document}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = question_key(self.question)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.document = self.document.strip().upper()
        if not Edition.objects.current().public().filter(series=self.document).exists():
            raise ValidationError({"document": _("No public document has this identifier.")})
