"""Reports, notices, erasures, followers and the register of voluntary adoption."""

from django.conf import settings
from django.db import models

from consultation.adoptions.models import Adoption
from consultation.consensus.models import Challenge
from consultation.followers.models import Subscription
from consultation.submissions.models import Submission
from consultation.vocabulary import NoticeKind


class Notice(models.Model):
    """A mail to be sent once. Written in the transaction that caused it; sent after commit; tried again by `tick`.

    key: names the occasion, so that the same occasion never gives a second mail. The address is looked up when
    sending and is not kept here; facts hold nothing personal.
    """

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=18, choices=NoticeKind)
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    subscription = models.ForeignKey(
        Subscription, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    adoption = models.ForeignKey(Adoption, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    challenge = models.ForeignKey(Challenge, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.key
