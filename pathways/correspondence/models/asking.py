"""What a newcomer says about their own file: something in it is wrong, or something in their life has changed.

Neither changes anything by itself. Somebody of the office decides, with a reason, and the fact then has that source.
"""

from __future__ import annotations

import uuid
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case, FactChange
from pathways.documents.models import Attached

OneAsked = TypeVar("OneAsked", bound="Asked")


class AskedQuerySet(models.QuerySet[OneAsked]):
    """What was asked, by whether somebody has decided."""

    def waiting(self) -> Self:
        """What nobody has decided yet."""
        return self.filter(state="asked")


class Asked(models.Model):
    """What both have in common: in whose words, on which day, and what came of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("text"), max_length=2000, blank=True)
    asked_on = models.DateField(_("asked"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class CorrectionRequest(Asked):
    """Something is said to be wrong: about a fact, a part of the identity, a date or the decision. `shown` is what stood there."""

    class About(models.TextChoices):
        """What the newcomer was looking at."""

        FACT = "fact", _("A fact")
        IDENTITY = "identity", _("Name or number")
        DEADLINE = "deadline", _("A date")
        DECISION = "decision", _("The decision")

    class State(models.TextChoices):
        """Life of a request."""

        ASKED = "asked", _("To be answered")
        CORRECTED = "corrected", _("Corrected")
        KEPT = "kept", _("Stays as it is")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="correction_requests", db_index=False)
    about = models.CharField(_("about"), max_length=8, choices=About)
    code = models.CharField(max_length=64, blank=True)
    shown = models.JSONField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED)
    fact_change = models.ForeignKey(
        FactChange, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = AskedQuerySet["CorrectionRequest"].as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-id"], name="correction_request_case"),
            models.Index(fields=["case", "asked_on"], name="correction_request_open", condition=Q(state="asked")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(about__in=["fact", "identity", "deadline", "decision"]), name="correction_request_about"
            ),
            models.CheckConstraint(
                condition=Q(about="decision", code="") | (~Q(about="decision") & ~Q(code="")),
                name="correction_request_names_its_subject",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "corrected", "kept", "withdrawn"]), name="correction_request_state"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="correction_request_text_given"),
            models.CheckConstraint(
                condition=~Q(state__in=["corrected", "kept"])
                | (Q(decided_on__isnull=False, decided_by__isnull=False) & ~Q(reason="")),
                name="correction_request_answer_has_reason",
                violation_error_message=_("An answer needs a reason."),
            ),
            models.UniqueConstraint(
                fields=["case", "about", "code"],
                condition=Q(state="asked"),
                name="correction_request_open_once",
                violation_error_message=_("This was already asked and is not answered yet."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.about} {self.code}".strip()


class ChangeReport(Asked):
    """Something has changed: address, work, phone or e-mail, since `since`. `values` has what is new, by name."""

    class Kind(models.TextChoices):
        """What has changed."""

        ADDRESS = "address", _("Address")
        WORK = "work", _("Work")
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail address")

    class State(models.TextChoices):
        """Life of a report."""

        ASKED = "asked", _("To be looked at")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="change_reports", db_index=False)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    values = models.JSONField()
    since = models.DateField(_("since"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED)
    fact_change = models.ForeignKey(
        FactChange, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = AskedQuerySet["ChangeReport"].as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-id"], name="change_report_case"),
            models.Index(fields=["case", "asked_on"], name="change_report_open", condition=Q(state="asked")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["address", "work", "phone", "email"]), name="change_report_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "accepted", "refused", "withdrawn"]), name="change_report_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"]) | Q(decided_on__isnull=False, decided_by__isnull=False),
                name="change_report_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="change_report_refusal_has_reason",
                violation_error_message=_("A refusal needs a reason."),
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lte=F("asked_on")),
                name="change_report_has_happened",
                violation_error_message=_("This day is in the future."),
            ),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(state="asked"),
                name="change_report_open_once",
                violation_error_message=_("This was already reported and is not looked at yet."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"


class CorrectionPaper(Attached):
    """A paper that shows how it should be."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.CASCADE, related_name="papers")


class ChangePaper(Attached):
    """A paper that proves a change."""

    request = models.ForeignKey(ChangeReport, on_delete=models.CASCADE, related_name="papers")
