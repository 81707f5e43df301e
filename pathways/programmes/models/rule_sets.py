"""Rule sets, versions of the lines, and the edits of their drafts."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.utils.translation import gettext_lazy as _

LINES = ("FL", "BX", "WA", "DG")


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    """Rule sets by state and line."""

    def published(self) -> Self:
        """Those that decide cases; a superseded one still decides the cases of its period."""
        return self.filter(state__in=[RuleSet.State.PUBLISHED, RuleSet.State.SUPERSEDED])

    def decided(self) -> Self:
        """Those that decide cases or once did; one that was ended in an emergency still explains its decisions."""
        return self.filter(state__in=[RuleSet.State.PUBLISHED, RuleSet.State.SUPERSEDED, RuleSet.State.ENDED])

    def in_force_on(self, day: dt.date) -> Self:
        """Published rule sets whose half-open period holds `day`."""
        return self.published().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def _line_day_range() -> Func:
    """An int8range made of line and days: lets an exclusion hold (line, period) without the btree_gist extension."""
    base = Case(*(When(line=line, then=Value(number * 10_000_000)) for number, line in enumerate(LINES, 1)))
    start = Func(
        F("valid_from"), template="(%(expressions)s - DATE '1900-01-01')", output_field=models.BigIntegerField()
    )
    end = Func(
        F("valid_to"),
        template="COALESCE(%(expressions)s - DATE '1900-01-01', 9000000)",
        output_field=models.BigIntegerField(),
    )
    return Func(base + start, base + end, function="int8range", output_field=models.Field())


class RuleSet(models.Model):
    """One dated version in a line. `content` is the document (docs/rule-set-format.md); only that of a draft changes."""

    class State(models.TextChoices):
        """Life of a version."""

        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")
        ENDED = "ended", _("Ended in an emergency")

    code = models.CharField(max_length=40)
    line = models.CharField(max_length=2, choices=[(line, line) for line in LINES])
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was ended in an emergency.")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["line", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(line__in=LINES), name="rule_set_line"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="rule_set_period"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(state="draft"), name="rule_set_published_code_once"),
            models.UniqueConstraint(
                fields=["line", "valid_from"],
                condition=Q(state__in=["approved", "scheduled", "published", "superseded"]),
                name="rule_set_line_day_once",
                violation_error_message=_("Another version of this line starts on the same day."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state="draft"),
                name="rule_set_draft_code_once",
                violation_error_message=_("A draft with this code exists already."),
            ),
            ExclusionConstraint(
                name="rule_set_published_no_overlap",
                expressions=[(_line_day_range(), "&&")],
                condition=Q(state__in=["published", "superseded"]),
                violation_error_message=_("Two published rule sets of a line may not overlap."),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="rule_set_published_immutable",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft")
                & (
                    pgtrigger.Q(old__content_hash__df=pgtrigger.F("new__content_hash"))
                    | pgtrigger.Q(old__content__df=pgtrigger.F("new__content"))
                    | pgtrigger.Q(old__valid_from__df=pgtrigger.F("new__valid_from"))
                    | pgtrigger.Q(old__code__df=pgtrigger.F("new__code"))
                    | pgtrigger.Q(old__line__df=pgtrigger.F("new__line"))
                ),
            ),
            pgtrigger.Protect(
                name="rule_set_published_stays",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
            pgtrigger.FSM(
                name="rule_set_states",
                field="state",
                transitions=[
                    ("draft", "proposed"),
                    ("draft", "published"),  # what the repository ships
                    ("proposed", "draft"),
                    ("proposed", "approved"),
                    ("approved", "draft"),
                    ("approved", "scheduled"),
                    ("scheduled", "draft"),
                    ("scheduled", "published"),
                    ("published", "superseded"),
                    ("published", "ended"),
                    ("superseded", "published"),  # again, where the one after it was ended in an emergency
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DraftEdit(models.Model):
    """One state of a draft's document, kept for good: what undoing, comparing and telling two editors apart rest on.

    Numbers run from 1 in each draft. `after` is the number of the edit whose content was changed into this one (None for
    the first); an edit that undoes or repeats has the content of the edit it `restores`. `place` is a JSON pointer.
    """

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    after = models.PositiveIntegerField(null=True, blank=True)
    restores = models.PositiveIntegerField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["rule_set", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule_set", "number"], name="draft_edit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set_id}: {self.number}"

    @property
    def state(self) -> int:
        """The number of the edit that first had this content."""
        return self.restores or self.number
