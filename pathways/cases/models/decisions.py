"""What was decided: the decision in force, and the record of each that ever was, append-only."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now

from pathways.cases import copies
from pathways.cases.models.cases import Case
from pathways.programmes.models import Office, RuleSet
from pathways.rules import OUTCOMES


class DecisionBase(models.Model):
    """The columns of a decision: what `pathways.rules` answers for one case on one day.

    Decisions and search words are written by the million from rows that exist and cannot go (a recorded case and a
    published rule set are never deleted), so no foreign key is checked again for each: that took longer than all else.
    """

    on = models.DateField()
    duty_rule_set = models.ForeignKey(
        RuleSet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    trajectory_rule_set = models.ForeignKey(
        RuleSet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    outcome = models.CharField(max_length=12)
    rule = models.CharField(max_length=60, null=True, blank=True)
    rule_truths = models.CharField(max_length=60, null=True, blank=True)
    possible = ArrayField(models.TextField(), null=True, blank=True)
    missing = ArrayField(models.TextField(), null=True, blank=True)
    components = models.IntegerField()
    obliged_since = models.DateField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    next_due = models.CharField(max_length=30, null=True, blank=True)

    class Meta:
        abstract = True


# The list sorts by this key, so that cases without a due date come last and one index serves the whole order.
NEVER_DUE = models.Value(dt.date(9999, 12, 31))
DUE_KEY = Coalesce("decision__next_due_on", NEVER_DUE)


class Decision(DecisionBase):
    """The decision in force of a case, and the next day on which it can change by itself (`next_check_on`).

    `records` counts its records: one taken out at the end of the chain is missed.

    It repeats what a list of cases is narrowed and sorted by, so that one index serves an office's list by outcome or by
    due date. That is written with the decision; when the case changes, a trigger follows.
    """

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="decision", db_constraint=False
    )
    next_check_on = models.DateField(null=True, blank=True)
    records = models.IntegerField(default=1, db_default=1, editable=False)
    office = copies.key_of(Office)
    counselor = copies.key_of(settings.AUTH_USER_MODEL)
    programme = models.CharField(max_length=40, null=True, editable=False)
    sort_name = models.CharField(max_length=250, editable=False)
    opened_on = models.DateField(editable=False)
    is_open = models.BooleanField(default=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_check_on"], name="decision_next_check", condition=Q(next_check_on__isnull=False)
            ),
            models.Index(
                "office",
                "is_open",
                Coalesce("next_due_on", NEVER_DUE),
                "case",
                include=("programme", "counselor"),
                name="decision_office_due",
            ),
            models.Index(fields=["office", "is_open", "outcome", "sort_name", "case"], name="decision_office_outcome"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(outcome__in=[*OUTCOMES, "undecided"]), name="decision_outcome")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.outcome}"


class DecisionRecord(DecisionBase):
    """Every decision there ever was, with the facts and rule sets it rests on: it can be replayed.

    `number` counts the records of a case from 1; `receipt` is a SHA-256 over the record and the receipt before it.
    """

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="decision_records", db_index=False, db_constraint=False
    )
    number = models.IntegerField()
    duty_line = models.CharField(max_length=2)
    trajectory_line = models.CharField(max_length=2, null=True, blank=True)
    facts = models.JSONField()
    duty_rule_set_hash = models.CharField(max_length=64, null=True, blank=True)
    trajectory_rule_set_hash = models.CharField(max_length=64, null=True, blank=True)
    cause = models.CharField(max_length=30)
    engine = models.CharField(max_length=20)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    previous = models.BinaryField(max_length=32, null=True)
    receipt = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="decision_record_number_once")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="decision_record_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.outcome} ({self.on})"
