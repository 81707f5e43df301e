"""Appointments, what was recorded at them, the talks that are due, and the papers a person is asked for.

Nobody is in two places: the database excludes two appointments of one counselor, or of one case, at the same minutes. A
finished assessment never changes; what is learnt later is its next version.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.cases.scopes import CASE_ROLES
from pathways.documents.models import Document
from pathways.programmes.models import Office

if TYPE_CHECKING:
    from accounts.models import User

BUSY = ("planned", "moved", "held")
"""States in which an appointment takes the time of counselor and person."""
TO_COME = ("planned", "moved")


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments by who may see them and by state."""

    def visible_to(self, actor: User, *, on: dt.date) -> Self:
        """Those of the offices in which `actor` is counselor or team lead on day `on`."""
        held = actor.memberships.held_on(on).filter(role__in=CASE_ROLES, organisation__office__isnull=False)
        return self.filter(office__in=held.order_by().values("organisation__office"))

    def busy(self) -> Self:
        """Those that take somebody's time."""
        return self.filter(state__in=BUSY)

    def to_come(self) -> Self:
        """Those of which nobody has said yet whether the person came."""
        return self.filter(state__in=TO_COME)


def _minutes_of(owner: str) -> Func:
    """An int8range made of an owner's number and the minutes: an exclusion without the btree_gist extension."""
    base = F(owner) * Value(1_000_000_000, output_field=models.BigIntegerField())

    def minute(bound: str, rounded: str) -> Func:
        since = "(%(expressions)s AT TIME ZONE 'UTC') - TIMESTAMP '2000-01-01'"
        template = f"{rounded}(EXTRACT(EPOCH FROM {since}) / 60)::bigint"
        return Func(F(bound), template=template, output_field=models.BigIntegerField())

    return Func(
        base + minute("starts_at", "floor"),
        base + minute("ends_at", "ceil"),
        function="int8range",
        output_field=models.Field(),
    )


class Appointment(models.Model):
    """A counselor meets a person. Moved: still to come, at another time than `moved_from`."""

    class Kind(models.TextChoices):
        """What it is for."""

        FIRST_CONTACT = "first_contact", _("First contact")
        SOCIAL_ASSESSMENT = "social_assessment", _("Social assessment")
        LANGUAGE_ASSESSMENT = "language_assessment", _("Language assessment")
        FOLLOW_UP = "follow_up", _("Follow-up talk")
        CONTRACT = "contract", _("Contract")

    class State(models.TextChoices):
        """Its life. Missed: the person did not come."""

        PLANNED = "planned", _("Planned")
        MOVED = "moved", _("Moved")
        HELD = "held", _("Held")
        MISSED = "missed", _("Missed")
        CANCELLED = "cancelled", _("Cancelled")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="appointments", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="appointments", db_index=False)
    counselor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    interpreter_language = models.CharField(_("interpreter"), max_length=12, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    moved_from = models.DateTimeField(_("was planned"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    own_change_on = models.DateField(
        null=True, blank=True, help_text="The person changed it themselves on this day, and the office has not seen it."
    )
    times_changed = models.PositiveSmallIntegerField(default=0, help_text="Told to calendars, which keep the latest.")
    booked_on = models.DateField(_("booked"))
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["office", "starts_at"], name="appointment_office"),
            models.Index(fields=["counselor", "starts_at"], name="appointment_counselor"),
            models.Index(fields=["case", "starts_at"], name="appointment_case"),
            models.Index(fields=["starts_at"], name="appointment_open", condition=Q(state__in=["planned", "moved"])),
            models.Index(fields=["case"], name="appointment_own", condition=Q(own_change_on__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["first_contact", "social_assessment", "language_assessment", "follow_up", "contract"]
                ),
                name="appointment_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "moved", "held", "missed", "cancelled"]), name="appointment_state"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) & Q(starts_at__gte=F("ends_at") - dt.timedelta(hours=8)),
                name="appointment_length",
                violation_error_message=_("An appointment lasts from five minutes to eight hours."),
            ),
            models.CheckConstraint(
                condition=~Q(state="moved") | Q(moved_from__isnull=False), name="appointment_moved_from_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""),
                name="appointment_cancelled_with_reason",
                violation_error_message=_("Say why it is cancelled."),
            ),
            ExclusionConstraint(
                name="appointment_counselor_once",
                expressions=[(_minutes_of("counselor_id"), "&&")],
                condition=Q(state__in=BUSY),
                violation_error_message=_("The counselor has another appointment at that time."),
            ),
            ExclusionConstraint(
                name="appointment_case_once",
                expressions=[(_minutes_of("case_id"), "&&")],
                condition=Q(state__in=BUSY),
                violation_error_message=_("This person has another appointment at that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_to_come(self) -> bool:
        """Nobody has said yet whether the person came."""
        return self.state in TO_COME


class CalendarKey(models.Model):
    """The secret of the address under which a calendar reads a counselor's appointments. Only its hash is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key")
    key_hash = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(key_hash__regex=r"^[0-9a-f]{64}$"), name="calendar_key_hash")
        ]

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"


class Assessment(models.Model):
    """What was recorded at a talk: a version of one form. `data` fits the schema of its kind, see `schemas.py`.

    `recorded` lists the facts that finishing it recorded; `effect` what that changed of the decision.
    """

    class Kind(models.TextChoices):
        """Which form."""

        FIRST_CONTACT = "first_contact", _("First contact")
        SOCIAL = "social", _("Social assessment")
        LANGUAGE = "language", _("Language assessment")

    class State(models.TextChoices):
        """A draft may change; what is finished may not."""

        DRAFT = "draft", _("Draft")
        FINISHED = "finished", _("Finished")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments", db_index=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    on = models.DateField(_("day"))
    data = models.JSONField(default=dict)
    recorded = models.JSONField(default=dict)
    effect = models.JSONField(default=dict)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar = ["case", "kind", "-number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["first_contact", "social", "language"]), name="assessment_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", finished_at__isnull=True) | Q(state="finished", finished_at__isnull=False),
                name="assessment_state",
            ),
            models.UniqueConstraint(fields=["case", "kind", "number"], name="assessment_version_once"),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(state="draft"),
                name="assessment_draft_once",
                violation_error_message=_("There is a draft already."),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="assessment_finished_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="finished"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind} {self.number}"


class FollowUp(models.Model):
    """A talk that is due at the rhythm of the programme. Planned at most once by its number; booked as an appointment."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_ups", db_index=False)
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("due"))
    planned_on = models.DateField()
    appointment = models.ForeignKey(
        Appointment, on_delete=models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )

    class Meta:
        ordering: ClassVar = ["due_on"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="follow_up_once")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.number}"


class PaperAsked(models.Model):
    """A paper that the person is asked for, and once it is there, until when it is valid."""

    class State(models.TextChoices):
        """Asked, received, or no longer needed."""

        ASKED = "asked", _("Asked for")
        RECEIVED = "received", _("Received")
        WITHDRAWN = "withdrawn", _("No longer needed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers_asked", db_index=False)
    code = models.CharField(_("paper"), max_length=60)
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    asked_on = models.DateField(_("asked"))
    due_on = models.DateField(_("wanted by"))
    received_on = models.DateField(_("received"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["case", "code", "-id"], name="paper_case"),
            models.Index(fields=["expires_on"], name="paper_expires", condition=Q(state="received")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=["asked", "received", "withdrawn"]), name="paper_state"),
            models.CheckConstraint(
                condition=~Q(state="received") | Q(received_on__isnull=False, document__isnull=False),
                name="paper_received_is_there",
            ),
            models.UniqueConstraint(
                fields=["case", "code"],
                condition=Q(state="asked"),
                name="paper_asked_once",
                violation_error_message=_("This paper has been asked for and is not there yet."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.code}"
