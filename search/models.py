"""Rows of the search room: what still has to reach an index, what editors say about questions, what was asked."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from editions.models import Edition
from search.analysis import question_key
from search.synonyms import Entry, Rule


class ChangeQuerySet(models.QuerySet["IndexChange"]):
    def waiting(self) -> Self:
        return self.filter(done_at=None)

    def for_engine(self, name: str) -> Self:
        return self.filter(engine=name)

    def in_order(self) -> Self:
        """Withdrawals first: what must vanish does not wait for what may appear."""
        return self.order_by("-removes", "pk")

    def older_than(self, moment: datetime) -> Self:
        return self.filter(created_at__lt=moment)


class IndexChange(models.Model):
    """An edition whose records an engine has to look at again, written in the transaction that changed the edition.

    It says that, not what: whoever lands it reads the edition as it stands by then, so late or repeated rows do no
    harm. Rows that are done stay for a while: a rebuild repeats those that came after its start.
    """

    engine = models.CharField(max_length=30)
    edition = models.CharField(max_length=120, help_text=_("Identifier of the edition."))
    removes = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["engine", "done_at"])]

    def __str__(self) -> str:
        return f"{self.engine}: {self.edition}"


class FacetValue(models.Model):
    """What a value of a facet is called. Only values that public editions hold or held; the newest label stays."""

    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=120)
    label = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="facet_value_once")]

    def __str__(self) -> str:
        return f"{self.facet}: {self.label}"


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


class AlertQuerySet(models.QuerySet["Alert"]):
    def confirmed(self) -> Self:
        return self.exclude(confirmed_at=None)

    def unconfirmed_since(self, moment: datetime) -> Self:
        return self.filter(confirmed_at=None, created_at__lt=moment)


class Alert(models.Model):
    """A saved question whose new answers are mailed. The row, address and all, goes when the reader unsubscribes.

    address: the path and parameters of the search. told: identifiers of editions the reader knows of.
    """

    email = models.EmailField(max_length=254)
    address = models.CharField(max_length=2000)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    told = models.JSONField(default=list)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["email", "address"], name="alert_once_a_reader")]

    def __str__(self) -> str:
        return self.address


class AskedQuestion(models.Model):
    """How often a question was asked on a day, and with what success. Nothing says by whom.

    results: the number found when it was last asked that day. clicks: results opened; rank_sum: their ranks added up.
    """

    day = models.DateField()
    question = models.CharField(max_length=200)
    engine = models.CharField(max_length=30)
    results = models.PositiveIntegerField()
    times = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)
    rank_sum = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "question", "engine"], name="asked_question_once_a_day")]
        ordering = ["-day", "-times"]

    def __str__(self) -> str:
        return self.question


class FileTextQuerySet(models.QuerySet["FileText"]):
    def settled(self, most_tries: int) -> Self:
        """Read, or not readable however often it is tried."""
        return self.filter(models.Q(failure="") | models.Q(tries__gte=most_tries))


class FileText(models.Model):
    """The text of a public attached file, found by the check sum of its bytes.

    pages: how many it has; None as long as it could not be read. failure: why not.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    reader = models.CharField(max_length=20, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    tries = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = FileTextQuerySet.as_manager()

    def __str__(self) -> str:
        return self.sha256


class FilePage(models.Model):
    """number: from 1, as viewers count. text: all of it, in reading order; "" where the page holds none."""

    file = models.ForeignKey(FileText, on_delete=models.CASCADE, related_name="page_set")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="file_page_once")]

    def __str__(self) -> str:
        return f"{self.file} page {self.number}"
