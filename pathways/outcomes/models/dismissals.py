"""Somebody has looked at a duty that the rules say has failed, and opens no breach file: why, and until when."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.outcomes.models.breaches import Duty


class BreachDismissalQuerySet(models.QuerySet["BreachDismissal"]):
    """Proposals set aside, by whether that still holds."""

    def holding(self, on: object) -> Self:
        """Those that hold on day `on` (a date, or an expression)."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=on))


class BreachDismissal(models.Model):
    """One proposal set aside. `due_on` is the last day that was missed: once the term has another, it is proposed anew."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="breach_dismissals", db_index=False)
    duty = models.CharField(_("duty"), max_length=14, choices=Duty)
    due_on = models.DateField(null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000)
    until = models.DateField(_("look again on"), null=True, blank=True)
    on = models.DateField(_("day"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = BreachDismissalQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "duty"], name="breach_dismissal_case")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="breach_dismissal_duty"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="breach_dismissal_has_reason",
                violation_error_message=_("Say why no file is opened."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("on")),
                name="breach_dismissal_looks_ahead",
                violation_error_message=_("Choose a day to come."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.duty}"
