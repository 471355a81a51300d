"""Comments, what in the text they are about, where that went in later editions, and the answers (dispositions)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from consultation.vocabulary import (
    COUNTED,
    NEEDS_ANSWER,
    TOMBSTONES,
    WAITING,
    Display,
    HideReason,
    Kind,
    Method,
    Moderation,
    Outcome,
    Scope,
    Verdict,
    Work,
)
from core.languages.template_tags import tongue
from core.tokens import new_salt
from editions.document.passages import label_of
from editions.models import Edition, FrozenModel, Passage


class CommentQuerySet(models.QuerySet["Comment"]):
    """`public` is the one definition of what the world may see of comments; nobody filters by hand."""

    def public(self) -> Self:
        """Published ones, and those whose tombstone is shown."""
        return self.filter(moderation__in={Moderation.PUBLISHED, *TOMBSTONES}, published_at__isnull=False)

    def waiting(self) -> Self:
        return self.filter(moderation__in=WAITING)

    def counted(self) -> Self:
        return self.filter(moderation__in=COUNTED, published_at__isnull=False)

    def needing_answer(self) -> Self:
        return self.filter(moderation__in=NEEDS_ANSWER, published_at__isnull=False, parent=None)

    def unanswered(self) -> Self:
        return self.needing_answer().exclude(Q(dispositions__published_at__isnull=False) & ~Q(dispositions__outcome=""))

    def for_reading(self) -> Self:
        """With everything a list of comments shows, in a fixed number of queries."""
        targets = Target.objects.select_related("passage").order_by("pk")
        published = Disposition.objects.published().select_related("addressed_in", "duplicate_of")
        published = published.defer("addressed_in__document")
        joined = self.select_related("submission__submitter", "submission__period__edition", "parent")
        # An edition's text is large, and would be read once for every comment on it.
        return joined.defer("submission__period__edition__document").prefetch_related(
            Prefetch("targets", targets, to_attr="shown_targets"),
            Prefetch("dispositions", published, to_attr="published_dispositions"),
            "submission__attachments",
        )


class Comment(models.Model):
    """One remark. `number` is unique in a document over all its editions and is never given again.

    proposed: replacement for the text of its targets. parent: the comment this one replies to; replies have none.
    published_at: when it was first published; a tombstone keeps it. salt: for the seal of its words in reports,
    blanked with them.
    """

    series = models.CharField(max_length=110)
    number = models.PositiveIntegerField()
    submission = models.ForeignKey("consultation.Submission", on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.GENERAL)
    supports = models.BooleanField(default=False)
    body = models.TextField(blank=True)
    proposed = models.TextField(blank=True)
    rationale = models.TextField(blank=True)
    language = models.CharField(max_length=16)
    moderation = models.CharField(max_length=12, choices=Moderation, db_index=True)
    hide_reason = models.CharField(max_length=16, choices=HideReason, blank=True)
    moderated_at = models.DateTimeField(null=True, blank=True)
    work = models.CharField(max_length=10, choices=Work, default=Work.SUBMITTED)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    salt = models.CharField(max_length=32, blank=True, default=new_salt)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["series", "number"]
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="comment_number_once_a_document")]
        indexes = [models.Index(fields=["series", "moderation"])]

    def __str__(self) -> str:
        return f"{self.series} #{self.number}"

    @property
    def address(self) -> str:
        """Path of the comment, for ever."""
        return f"{self.submission.period.edition.address}comments/{self.number}/"

    @property
    def shows_text(self) -> bool:
        """Whether the public may read its words."""
        return self.moderation == Moderation.PUBLISHED and self.submission.display != Display.WITHHELD

    @property
    def is_tombstone(self) -> bool:
        return self.moderation in TOMBSTONES


class Target(models.Model):
    """What a comment is about, fixed to the edition it was written on. passage: None for the whole document.

    quote: the words of the passage the commenter marked, or "". A section is named by the passage of its heading.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="targets")
    scope = models.CharField(max_length=10, choices=Scope)
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    quote = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "passage"], name="target_once_a_comment"),
            models.CheckConstraint(
                condition=Q(scope=Scope.DOCUMENT, passage=None) | (~Q(scope=Scope.DOCUMENT) & Q(passage__isnull=False)),
                name="target_names_its_passage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment} on {self.passage or 'the document'}"

    @property
    def label(self) -> str:
        if self.passage is None:
            return str(Scope.DOCUMENT.label)
        return label_of(self.passage.number, self.passage.text)

    @property
    def marked_label(self) -> SafeString:
        """For a page: a heading in the language of the text."""
        if self.passage is None or self.passage.number:
            return SafeString(escape(self.label))
        return format_html("§ {}", tongue(self.passage.text, self.passage.language))


class MappingQuerySet(models.QuerySet["Mapping"]):
    def queue(self) -> Self:
        """What a person must still look at: not found, or found at two places."""
        return self.filter(confirmed_at=None).filter(Q(method=Method.ORPHAN) | ~Q(doubt=""))


class Mapping(models.Model):
    """Where a target stands in a later edition. Never overwritten once a person confirmed it.

    passage: None while nobody knows, or when a person confirmed that it is gone. candidate: the best guess, unused.
    score: 0.0 to 1.0. doubt: why a found place is in the queue all the same.
    """

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="mappings")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="mappings")
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=8, choices=Method)
    score = models.FloatField(default=0.0)
    doubt = models.CharField(max_length=200, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = MappingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "edition"], name="mapping_once_an_edition")]

    def __str__(self) -> str:
        return f"{self.target} in {self.edition}: {self.method}"


class ModerationEvent(FrozenModel):
    """Who changed the standing of a comment, when and why. Written once; by_name may be blanked by erasure only."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    source = models.CharField(max_length=12, choices=Moderation)
    target = models.CharField(max_length=12, choices=Moderation)
    by_name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["comment", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.comment}: {self.source} -> {self.target}"


class DispositionQuerySet(models.QuerySet["Disposition"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False).order_by("-version")

    def drafts(self) -> Self:
        return self.filter(published_at=None)


class Disposition(models.Model):
    """One version of the answer to a comment. A published version stays as it is; a better answer is a new version.

    changed: the passages of `addressed_in` that carry the change. verdict: what the commenter says of it.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="dispositions")
    version = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=12, choices=Outcome)
    response = models.TextField(blank=True)
    addressed_in = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="dispositions"
    )
    changed = models.ManyToManyField(Passage, blank=True, related_name="+")
    duplicate_of = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by = models.CharField(max_length=200, blank=True)
    decided_where = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    verdict = models.CharField(max_length=14, choices=Verdict, default=Verdict.PENDING)
    verdict_text = models.TextField(blank=True)
    verdict_at = models.DateTimeField(null=True, blank=True)

    objects = DispositionQuerySet.as_manager()

    class Meta:
        ordering = ["comment", "version"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "version"], name="disposition_version_once"),
            models.UniqueConstraint(
                fields=["comment"], condition=Q(published_at=None), name="one_disposition_draft_a_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.outcome}"
