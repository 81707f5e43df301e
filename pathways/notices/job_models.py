"""Work on many letters at once: what was asked for, how far it is, and what became of each.

An item changes its state in the transaction of the work itself: a worker that is killed loses nothing and doubles nothing.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.documents.models import Document
from pathways.programmes.models import Office

if TYPE_CHECKING:
    from accounts.models import User

OFFICE_ROLES = ("counselor", "team_lead")
"""The roles that work on the letters of their office."""


def office_numbers(actor: User, *, on: dt.date) -> list[int]:
    """The row numbers of the offices whose letters `actor` works on, looked up first so that an index serves a list."""
    posts = actor.memberships.held_on(on).filter(role__in=OFFICE_ROLES, organisation__office__isnull=False)
    return list(posts.order_by().values_list("organisation__office", flat=True).distinct())


class LetterJobQuerySet(models.QuerySet["LetterJob"]):
    """Jobs by who may see them and by what is under way."""

    def visible_to(self, actor: User, *, on: dt.date) -> Self:
        """Jobs of the offices in which `actor` is counselor or team lead on day `on`."""
        return self.filter(office__in=office_numbers(actor, on=on))

    def under_way(self) -> Self:
        """Jobs that a worker is doing, or should be."""
        return self.filter(state__in=[LetterJob.State.WAITING, LetterJob.State.RUNNING])


class LetterJob(models.Model):
    """One act on many letters of an office. `document` is the merged paper to print, where there is one."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Stopped by an error")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="letter_jobs", db_index=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="letter_jobs"
    )
    act = models.CharField(max_length=40, help_text="What is done with each: a name of pathways.notices.hooks.")
    params = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    items_total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="How often a worker began.")
    heartbeat_at = models.DateTimeField(null=True, blank=True, help_text="Last sign of life of the worker.")
    document = models.OneToOneField(
        Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="letter_job"
    )
    on = models.DateField()
    requested_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = LetterJobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["office", "-id"], name="letter_job_office"),
            models.Index(fields=["id"], name="letter_job_under_way", condition=Q(state__in=["waiting", "running"])),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]), name="letter_job_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act}, {self.state}"

    @property
    def under_way(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in (self.State.WAITING, self.State.RUNNING)


class LetterJobItem(models.Model):
    """One of the many: a letter by its public id, or whatever else the act begins with."""

    class State(models.TextChoices):
        """What became of it; claimed means that its part of the work waits for the others."""

        WAITING = "waiting", _("Waiting")
        CLAIMED = "claimed", _("Being sent")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Not done")
        DOUBTFUL = "doubtful", _("Not certain")

    job = models.ForeignKey(LetterJob, on_delete=models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveIntegerField()
    subject = models.CharField(max_length=40)
    letter = models.ForeignKey("notices.Letter", on_delete=models.SET_NULL, null=True, blank=True, related_name="items")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    message = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "position"], name="letter_job_item_place"),
            models.UniqueConstraint(fields=["job", "subject"], name="letter_job_item_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "claimed", "done", "refused", "doubtful"]),
                name="letter_job_item_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.state}"
