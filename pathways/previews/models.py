"""What a rule set would do to the open cases: the question with who asked and when, its figures, the cases that change.

A preview tells nothing about later: it keeps the document it was made from and marks of the facts, by which it goes stale.
"""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.programmes.models import Office, RuleSet


class PreviewQuerySet(models.QuerySet["Preview"]):
    """Previews by state."""

    def under_way(self) -> Self:
        """Previews that a worker is making, or should be."""
        return self.filter(state__in=Preview.UNDER_WAY)


class Preview(models.Model):
    """One preview of a rule set, as its document was then, for the day `on`."""

    class State(models.TextChoices):
        """Life of a preview. While the changes are listed the matrix is there already."""

        WAITING = "waiting", _("Waiting")
        COUNTING = "counting", _("Counting the cases")
        LISTING = "listing", _("Listing the changes")
        FINISHED = "finished", _("Finished")
        FAILED = "failed", _("Stopped by an error")
        CANCELLED = "cancelled", _("Cancelled")

    UNDER_WAY = (State.WAITING, State.COUNTING, State.LISTING)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="+")
    content = models.JSONField(help_text="The document as it was when the preview was asked for.")
    content_hash = models.CharField(max_length=64)
    published_key = models.CharField(max_length=64, help_text="Names the published rule sets it is compared with.")
    on = models.DateField(_("day"), help_text="The day for which both versions are asked.")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    failure = models.CharField(max_length=60, blank=True, help_text="Code of what stopped it.")
    cursor = models.BigIntegerField(default=0, help_text="Number of the last case dealt with in this state.")
    last_case = models.BigIntegerField(default=0, help_text="Number of the last case there is.")
    facts_mark = models.JSONField(
        default=dict, help_text="The newest change of facts, decision and case when it began."
    )
    facts_at = models.DateTimeField(_("facts of"), null=True, blank=True)
    matrix = models.JSONField(default=list, help_text="[[outcome without, outcome with, number of open cases]]")
    figures = models.JSONField(
        default=dict, help_text="By office: {open: {office: n}, changes: [{office, kind, ...}]}."
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), db_default=Now(), editable=False)
    counted_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True, help_text="Last sign of life of the worker.")

    objects = PreviewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["rule_set", "-id"], name="preview_rule_set")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "counting", "listing", "finished", "failed", "cancelled"]),
                name="preview_state",
            ),
            models.UniqueConstraint(
                fields=["rule_set", "content_hash", "on"],
                condition=Q(state__in=["waiting", "counting", "listing"]),
                name="preview_once_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set_id} on {self.on}"


class PreviewCase(models.Model):
    """An open case that the rule set would decide otherwise, without and with it. Kept for the newest preview only.

    `dues` are the open deadlines in the order of `DEADLINE_CODES`. Rows come by the 100,000, so no foreign key is checked.
    """

    preview = models.ForeignKey(
        Preview, on_delete=models.CASCADE, related_name="cases", db_index=False, db_constraint=False
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False
    )
    was = models.CharField(max_length=12)
    becomes = models.CharField(max_length=12)
    rule_was = models.CharField(max_length=60, null=True)
    rule_becomes = models.CharField(max_length=60, null=True)
    components_were = models.IntegerField()
    components_become = models.IntegerField()
    obliged_since_was = models.DateField(null=True)
    obliged_since_becomes = models.DateField(null=True)
    dues_were = ArrayField(models.DateField(null=True))
    dues_become = ArrayField(models.DateField(null=True))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["preview", "case"], name="preview_case_once")]
        indexes: ClassVar = [
            models.Index(fields=["preview", "office", "was", "becomes", "case"], name="preview_case_office")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.was} → {self.becomes}"


class PreviewReading(models.Model):
    """Somebody says that they have read a preview; once each."""

    preview = models.ForeignKey(Preview, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("read"), db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["preview", "user"], name="preview_read_once")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.preview_id}"
