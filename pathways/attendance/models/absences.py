"""An absence that a person reports: for which days, why, with which proof; and whether it was accepted.

A report never changes a mark by itself: who accepts it does, and what is marked absent afterwards in its days counts as
excused (`actions/recording.py`).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.documents.models import Attached


class AbsenceReportQuerySet(models.QuerySet["AbsenceReport"]):
    """Reports by state and day."""

    def waiting(self) -> Self:
        """Those that nobody has decided yet."""
        return self.filter(state="reported")

    def accepted_on(self, day: dt.date) -> Self:
        """Those that excuse an absence on that day."""
        return self.filter(state="accepted", first_on__lte=day, last_on__gte=day)


class AbsenceReport(models.Model):
    """The lessons of a case from `first_on` to `last_on`, both included, that the person misses or has missed."""

    class Reason(models.TextChoices):
        """Why."""

        ILL = "ill", _("Ill")
        CHILD = "child", _("A child is ill or has no care")
        APPOINTMENT = "appointment", _("An appointment that cannot be moved")
        WORK = "work", _("Work")
        TRANSPORT = "transport", _("Transport")
        FAMILY = "family", _("Family: birth, death, wedding")
        OTHER = "other", _("Another reason")

    class State(models.TextChoices):
        """Life of a report."""

        REPORTED = "reported", _("To be decided")
        ACCEPTED = "accepted", _("Accepted as excused")
        REFUSED = "refused", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="absence_reports", db_index=False)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    explanation = models.TextField(_("explanation"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REPORTED)
    reported_on = models.DateField(_("reported"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decision_reason = models.TextField(_("reason of the decision"), max_length=1000, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = AbsenceReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-first_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["case", "first_on"], name="absence_report_case"),
            models.Index(fields=["reported_on"], name="absence_report_open", condition=Q(state="reported")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    reason__in=["ill", "child", "appointment", "work", "transport", "family", "other"],
                ),
                name="absence_report_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reported", "accepted", "refused", "withdrawn"]), name="absence_report_state"
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="absence_report_period",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reported", "withdrawn"], decided_by__isnull=True, decided_on__isnull=True)
                | Q(state__in=["accepted", "refused"], decided_by__isnull=False, decided_on__isnull=False),
                name="absence_report_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decision_reason=""),
                name="absence_report_refused_with_reason",
                violation_error_message=_("Say why it is not accepted."),
            ),
            models.UniqueConstraint(
                fields=["case", "first_on", "last_on"],
                condition=Q(state="reported"),
                name="absence_report_open_once",
                violation_error_message=_("This absence is reported already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.first_on} {self.last_on}"


class AbsencePaper(Attached):
    """A proof that came with a report."""

    report = models.ForeignKey(AbsenceReport, on_delete=models.CASCADE, related_name="papers")
