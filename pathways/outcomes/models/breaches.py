"""Breach files, their steps, and the terms a team lead decided where the sources name none.

The passages from state to state are those of `procedure.PASSAGES`, held by the database too; so are the range of a fine, and that
notice and hearing were offered and their terms had ended before it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.documents.models import Document
from pathways.notices.models import Letter
from pathways.outcomes.permissions import office_numbers, officer_programmes
from pathways.outcomes.procedure import PASSAGES, Act, Stage
from pathways.outcomes.procedure import State as Step
from pathways.programmes.models import RuleSet

if TYPE_CHECKING:
    from accounts.models import User


class Duty(models.TextChoices):
    """What was not done."""

    NOT_REPORTED = "not_reported", _("Did not report to the office")
    NOT_SIGNED = "not_signed", _("Did not sign the contract")
    IRREGULAR = "irregular", _("Attends irregularly")
    STOPPED_EARLY = "stopped_early", _("Stopped early")
    NOT_COMPLETED = "not_completed", _("Did not complete the pathway in time")


class CloseReason(models.TextChoices):
    """How a file ends."""

    MET = "met", _("The duty was met after all")
    MISTAKE = "mistake", _("Opened by mistake")
    FREED = "freed", _("The person is no longer obliged")
    NO_FINE = "no_fine", _("Decided: no fine")
    PAID = "paid", _("The fine is paid")
    ANNULLED = "annulled", _("The fine was annulled")
    UNCOLLECTABLE = "uncollectable", _("The fine cannot be collected")


class State(models.TextChoices):
    """Where a file is, in words."""

    OPEN = Step.OPEN.value, _("Being prepared")
    WARNED = Step.WARNED.value, _("Reminded of the duty")
    NOTICED = Step.NOTICED.value, _("Notice given")
    TRANSFERRED = Step.TRANSFERRED.value, _("With the enforcement officers")
    INVITED = Step.INVITED.value, _("Invited to be heard")
    HEARD = Step.HEARD.value, _("Heard")
    FINED = Step.FINED.value, _("Fine to be paid")
    REMINDED = Step.REMINDED.value, _("Reminded to pay")
    COLLECTING = Step.COLLECTING.value, _("Being collected")
    APPEALED = Step.APPEALED.value, _("Objection lodged")
    CLOSED = Step.CLOSED.value, _("Closed")


class BreachFileQuerySet(models.QuerySet["BreachFile"]):
    """Files by who may see them."""

    def visible_to(self, actor: User, *, on: dt.date) -> Self:
        """Those of the offices in which `actor` works, and of the programmes for which they are enforcement officer."""
        programmes = officer_programmes(actor, on)
        return self.filter(Q(case__office__in=office_numbers(actor, on)) | Q(programmes__overlap=programmes))

    def open(self) -> Self:
        """Files that are not closed."""
        return self.exclude(state=Step.CLOSED)


def _refuse(name: str, message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


def _offered(act: Act) -> str:
    return (
        "EXISTS (SELECT 1 FROM outcomes_breachstep s WHERE s.file_id = NEW.id"  # noqa: S608  constants
        f" AND s.act = '{act.value}' AND s.ends_on < NEW.decided_on)"
    )


FINE_AFTER_HEARING = pgtrigger.Trigger(
    name="breach_fine_after_hearing",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition("NEW.amount IS NOT NULL"),
    func=f"""
    IF NOT ({_offered(Act.NOTICE)} AND {_offered(Act.INVITE)}) THEN
        {_refuse("breach_fine_after_hearing", "No fine without notice and hearing, and not before their terms have ended.")}
    END IF;
    RETURN NEW;""",
)
"""Of a fine: notice was given, a hearing was offered, and both terms had ended before the day of the decision."""


class BreachFile(models.Model):
    """The procedure about one duty of one case, under the rule set that decided the duty when it was opened."""

    State = State

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="breach_files")
    duty = models.CharField(_("duty"), max_length=16, choices=Duty)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    programmes = ArrayField(models.CharField(max_length=40), default=list)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    grounds = models.TextField(_("what happened"), max_length=2000)
    opened_on = models.DateField(_("opened"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(_("fine"), max_digits=8, decimal_places=2, null=True, blank=True)
    amount_min = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    amount_max = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    repetition = models.PositiveSmallIntegerField(default=0, help_text="Fines of this person before, when decided.")
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    close_reason = models.CharField(_("ended with"), max_length=14, choices=CloseReason, blank=True)

    objects = BreachFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "duty"],
                condition=~Q(state="closed"),
                name="breach_open_once",
                violation_error_message=_("A file about this duty is open already."),
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="breach_state"),
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="breach_duty"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True)
                | Q(
                    amount_min__isnull=False,
                    amount_max__isnull=False,
                    amount__gte=F("amount_min"),
                    amount__lte=F("amount_max"),
                ),
                name="breach_amount_in_range",
                violation_error_message=_("The amount lies outside the range of the rule set."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["fined", "reminded", "collecting", "appealed"])
                | Q(amount__isnull=False, decided_on__isnull=False, decided_by__isnull=False),
                name="breach_fine_has_amount",
            ),
            models.CheckConstraint(
                condition=(Q(state="closed", closed_on__isnull=False) & Q(close_reason__in=CloseReason.values))
                | (~Q(state="closed") & Q(closed_on__isnull=True, close_reason="")),
                name="breach_closed_has_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "opened_on"], condition=~Q(state="closed"), name="breach_open_state")
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="breach_passages",
                field="state",
                transitions=sorted({(start.value, one.to.value) for (start, _act), one in PASSAGES.items()}),
            ),
            FINE_AFTER_HEARING,
            pgtrigger.ReadOnly(
                name="breach_opened_unchanged",
                fields=["public_id", "case", "duty", "rule_set", "grounds", "opened_on", "opened_by"],
            ),
            pgtrigger.Protect(name="breach_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.duty}"


class BreachStep(models.Model):
    """One act in a file. Its clock runs from the day its letter is sent (`starts_on`) to the end of `ends_on`."""

    file = models.ForeignKey(BreachFile, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=16, choices=[(act.value, act.value) for act in Act])
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    on = models.DateField(_("day"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=4000, blank=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    law = models.JSONField(null=True, help_text="{title, source, confidence} of the rule set; null: not found.")
    length = models.CharField(max_length=8, blank=True, help_text="ISO 8601: the time given to the person.")
    length_decided = models.BooleanField(default=False, help_text="By a team lead: not found in the sources.")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="breach_step")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["file", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "number"], name="breach_step_number"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | (Q(ends_on__gte=F("starts_on")) & ~Q(length="")),
                name="breach_step_clock",
            ),
            models.CheckConstraint(
                condition=~Q(act__in=["fine", "no_fine", "uphold", "reduce", "annul", "close"]) | ~Q(reason=""),
                name="breach_decision_has_reason",
                violation_error_message=_("Say why."),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="breach_step_unchanged", exclude=["starts_on", "ends_on", "letter"]),
            pgtrigger.Protect(
                name="breach_clock_starts_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__starts_on__isnull=False)
                & (
                    pgtrigger.Q(old__starts_on__df=pgtrigger.F("new__starts_on"))
                    | pgtrigger.Q(old__ends_on__df=pgtrigger.F("new__ends_on"))
                ),
            ),
            pgtrigger.Protect(name="breach_step_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}/{self.number}: {self.act}"


class BreachTerm(models.Model):
    """The length of a term that the sources do not name, decided by a team lead for one file, with the reason."""

    file = models.ForeignKey(BreachFile, on_delete=models.PROTECT, related_name="terms")
    stage = models.CharField(max_length=10, choices=[(stage.value, stage.value) for stage in Stage])
    days = models.PositiveSmallIntegerField(_("days"))
    reason = models.TextField(_("reason"), max_length=1000)
    on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "stage"], name="breach_term_once"),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=730), name="breach_term_days"),
            models.CheckConstraint(condition=~Q(reason=""), name="breach_term_reason"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="breach_term_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.stage}: {self.days}"
