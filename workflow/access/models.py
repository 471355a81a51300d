"""Roles that were granted through the library, with their end."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Page

from workflow.states import Role


class RoleGroup(models.Model):
    """An ordinary Wagtail group that holds a role: for one forum, or (page empty) for the whole library."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="workflow_role")
    page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.CASCADE, related_name="role_groups")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "role"], name="one_group_a_role"),
            models.UniqueConstraint(fields=["role"], condition=models.Q(page=None), name="one_group_a_site_role"),
        ]

    def __str__(self) -> str:
        return self.group.name


class ForumCollection(models.Model):
    """Where the images and documents of a forum lie."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="file_collection")
    collection = models.OneToOneField(Collection, on_delete=models.CASCADE, related_name="of_forum")

    def __str__(self) -> str:
        return str(self.collection)


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def ending_by(self, moment: datetime) -> Self:
        """Standing grants whose end has come. A grant is half-open: at its end it is over."""
        return self.standing().filter(until__lte=moment)


class RoleGrant(models.Model):
    """A person was put into a role group, by whom, and until when (empty: without end). A row for each time."""

    class End(models.TextChoices):
        EXPIRED = "expired", _("reached its end date")
        REVOKED = "revoked", _("taken back")
        REPLACED = "replaced", _("given a new end date")

    role_group = models.ForeignKey(RoleGroup, on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_grants")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=End, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role_group", "user"], condition=models.Q(ended_at=None), name="one_standing_grant"
            )
        ]
        indexes = [models.Index(fields=["until"], condition=models.Q(ended_at=None), name="standing_grants_by_end")]

    def __str__(self) -> str:
        return f"{self.user} as {self.role_group}"
