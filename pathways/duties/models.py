"""The ledger of each term, and the requests on a ground of the rule set that write into it.

`TermEntry` is append-only: what no longer holds is taken back by a further row. That the rows of a term add up to the
days by which the rules lengthen it is checked by the database at the end of each transaction (`walls.py`).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.documents.models import Document
from pathways.programmes.models import RuleSet
from pathways.rules import DEADLINE_CODES

DAY = dt.timedelta(days=1)


class GroundRequestQuerySet(models.QuerySet["GroundRequest"]):
    """Requests by state and period."""

    def effective(self) -> Self:
        """Those that were granted, whether they still last or not."""
        return self.filter(state__in=["granted", "ended"])

    def stopping(self) -> Self:
        """Granted suspensions that stop the terms."""
        return self.effective().filter(kind="suspension", stops_terms=True, period__isempty=False)


def _case_day_range() -> Func:
    """An int8range made of case and days: an exclusion over (case, period) without the btree_gist extension."""
    base = F("case_id") * Value(10_000_000, output_field=models.BigIntegerField())

    def day(bound: str) -> Func:
        template = f"({bound}(%(expressions)s) - DATE '1900-01-01')"
        return Func(F("period"), template=template, output_field=models.BigIntegerField())

    return Func(base + day("lower"), base + day("upper"), function="int8range", output_field=models.Field())


class GroundRequest(models.Model):
    """Somebody asks for an exemption, suspension or postponement on a ground of a rule set, and somebody decides.

    `period` is half-open and may lack its end, but not that of a suspension; shortened or ended early, it is the period
    that really counted. `term_days` is what a postponement asks for the term that its ground lengthens.
    """

    class Kind(models.TextChoices):
        """What is asked."""

        EXEMPTION = "exemption", _("Exemption")
        SUSPENSION = "suspension", _("Suspension")
        POSTPONEMENT = "postponement", _("Postponement")

    class State(models.TextChoices):
        """Life of a request."""

        REQUESTED = "requested", _("To be decided")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ENDED = "ended", _("Ended")

    class AskedBy(models.TextChoices):
        """Whose wish it is."""

        PERSON = "person", _("The person")
        OFFICE = "office", _("The office")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ground_requests", db_index=False)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+", db_index=False)
    ground = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REQUESTED)
    period = DateRangeField(_("period"), null=True, blank=True)
    term_days = models.PositiveIntegerField(null=True, blank=True)
    stops_terms = models.BooleanField(null=True, blank=True)
    asked_by = models.CharField(_("asked by"), max_length=6, choices=AskedBy, default=AskedBy.PERSON)
    explanation = models.TextField(_("explanation"), max_length=2000, blank=True)
    renews = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals", db_index=False
    )
    requested_on = models.DateField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    letter = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = GroundRequestQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "state"], name="ground_request_case"),
            models.Index(fields=["requested_on"], name="ground_request_open", condition=Q(state="requested")),
            models.Index(Func(F("period"), function="upper"), name="ground_request_ends", condition=Q(state="granted")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["exemption", "suspension", "postponement"]), name="ground_request_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "granted", "refused", "withdrawn", "ended"]),
                name="ground_request_state",
            ),
            models.CheckConstraint(
                condition=~Q(kind="suspension")
                | Q(period__isnull=False) & (Q(period__isempty=True) | Q(period__endswith__isnull=False)),
                name="ground_request_suspension_ends",
                violation_error_message=_("A suspension needs a first and a last day."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "refused", "ended"]) | (Q(decided_on__isnull=False) & ~Q(reason="")),
                name="ground_request_decided_with_reason",
                violation_error_message=_("A decision needs a reason."),
            ),
            models.UniqueConstraint(
                fields=["case", "ground"],
                condition=Q(state="requested"),
                name="ground_request_open_once",
                violation_error_message=_("This was already asked and is not decided yet."),
            ),
            ExclusionConstraint(
                name="suspensions_no_overlap",
                expressions=[(_case_day_range(), "&&")],
                condition=Q(kind="suspension", state__in=["granted", "ended"], period__isempty=False),
                violation_error_message=_("Two suspensions of a case may not overlap."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.ground}"

    @property
    def first_day(self) -> dt.date | None:
        """The first day of the period."""
        return self.period.lower if self.period else None

    @property
    def last_day(self) -> dt.date | None:
        """The last day of the period; None where it has no end."""
        return self.period.upper - DAY if self.period and self.period.upper else None

    def lasts_on(self, day: dt.date) -> bool:
        """Whether it was granted and `day` lies in its period; one without period lasts."""
        return self.state == self.State.GRANTED and (self.period is None or day in self.period)


class GroundEvidence(models.Model):
    """A paper that was shown with a request."""

    request = models.ForeignKey(GroundRequest, on_delete=models.CASCADE, related_name="evidence")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.request_id}: {self.document_id}"


class TermEntry(models.Model):
    """One row of the ledger of a term: so many days, why, by which law and paper. A later row may take it back."""

    class Kind(models.TextChoices):
        """What adds or takes days."""

        EXTENSION = "extension", _("Extension")
        SUSPENSION = "suspension", _("Suspension")
        SHIFT = "shift", _("Next working day")
        CORRECTION = "correction", _("Correction")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="term_entries", db_index=False)
    code = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, choices=Kind)
    days = models.IntegerField()
    corrects = models.CharField(max_length=10, choices=Kind, blank=True)
    period = DateRangeField(null=True, blank=True)
    request = models.ForeignKey(
        GroundRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="entries", db_index=False
    )
    law = models.JSONField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    on = models.DateField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "code", "id"], name="term_entry_case")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(code__in=DEADLINE_CODES), name="term_entry_code"),
            models.CheckConstraint(
                condition=Q(kind__in=["extension", "suspension", "shift", "correction"]), name="term_entry_kind"
            ),
            models.CheckConstraint(condition=~Q(days=0), name="term_entry_says_something"),
            models.CheckConstraint(condition=~Q(kind="extension") | Q(days__gt=0), name="term_entry_extends"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="term_entry_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}: {self.days:+d}"
