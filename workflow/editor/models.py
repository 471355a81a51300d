"""What is known of each tab in which somebody has a working text open."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.models import Page, Revision


class EditorTab(models.Model):
    """One opening of the page editor.

    token: what the form sends back. revision: what the form was filled from, or what was last saved from it; its words
    are not written over while the tab may need them. posted: the content of the form when it was last saved, where
    that is not what `revision` says because others' words came in; the form goes on without them. place: the key of
    the block or paragraph in which the person is.
    """

    token = models.CharField(max_length=32, unique=True)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="editor_tabs")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    posted = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    place = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.page} in a tab of {self.user}"
