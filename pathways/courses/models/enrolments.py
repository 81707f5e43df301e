"""Who is in a course, on trial, or waits for it."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.courses import walls
from pathways.courses.models.offers import Course

HOLDS_PLACE = Q(state__in=["trial", "enrolled"]) | Q(state="waiting", offered_on__isnull=False)
ACTIVE = ("trial", "enrolled", "waiting")
TAKES_PART = ("trial", "enrolled")


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Enrolments by what they are worth now."""

    def active(self) -> Self:
        """On trial, enrolled or waiting."""
        return self.filter(state__in=ACTIVE)

    def taking_part(self) -> Self:
        """Those who sit in the room: on trial or enrolled."""
        return self.filter(state__in=TAKES_PART)

    def holding_place(self) -> Self:
        """Those who take one of the course's places; a place offered to somebody who waits is taken."""
        return self.filter(HOLDS_PLACE)


class Enrolment(models.Model):
    """A case in a course. `starts_on` is the first day of taking part: earlier sessions do not concern the person."""

    class State(models.TextChoices):
        """Life of an enrolment. Stopped: took part, and ended early. Withdrawn: left before taking part."""

        WAITING = "waiting", _("Waiting")
        TRIAL = "trial", _("On trial")
        ENROLLED = "enrolled", _("Enrolled")
        COMPLETED = "completed", _("Completed")
        STOPPED = "stopped", _("Stopped")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class EndReason(models.TextChoices):
        """Why somebody stopped or withdrew."""

        WORK = "work", _("Found work")
        LEVEL = "level", _("Level does not fit")
        CHILDCARE = "childcare", _("Childcare")
        HEALTH = "health", _("Health")
        TRANSPORT = "transport", _("Transport")
        MOVED = "moved", _("Moved away")
        OTHER_COURSE = "other_course", _("Goes to another course")
        NO_SHOW = "no_show", _("Did not come")
        DECLINED = "declined", _("Declined the place offered")
        CASE_CLOSED = "case_closed", _("The case was closed")
        OTHER = "other", _("Other reason")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="enrolments")
    state = models.CharField(_("state"), max_length=10, choices=State)
    enrolled_on = models.DateField(_("enrolled"))
    starts_on = models.DateField(_("takes part from"))
    trial_until = models.DateField(_("on trial until"), null=True, blank=True)
    waiting_position = models.PositiveIntegerField(null=True, blank=True, help_text="Order in the waiting list.")
    offered_on = models.DateField(_("place offered"), null=True, blank=True)
    offered_until = models.DateField(_("place kept until"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=20, blank=True, choices=EndReason)
    end_note = models.CharField(_("note"), max_length=300, blank=True)
    needs_childcare = models.BooleanField(_("needs childcare"), default=False)
    needs_transport = models.BooleanField(_("needs transport"), default=False)
    needs_evening = models.BooleanField(_("needs the evening"), default=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["course", "state"], name="enrolment_course_state"),
            models.Index(fields=["offered_until"], name="enrolment_offered", condition=Q(offered_until__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "trial", "enrolled", "completed", "stopped", "withdrawn"]),
                name="enrolment_state",
            ),
            models.UniqueConstraint(
                fields=["course", "case"],
                condition=Q(state__in=["trial", "enrolled", "waiting"]),
                name="enrolment_active_once",
                violation_error_message=_("This person is already in this course or on its waiting list."),
            ),
            models.UniqueConstraint(
                fields=["course", "waiting_position"],
                condition=Q(state="waiting"),
                name="enrolment_waiting_position_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(waiting_position__isnull=False), name="enrolment_waiting_has_position"
            ),
            models.CheckConstraint(
                condition=Q(offered_on__isnull=True, offered_until__isnull=True)
                | Q(offered_on__isnull=False, offered_until__gte=F("offered_on")),
                name="enrolment_offer_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="trial") | Q(trial_until__isnull=False), name="enrolment_trial_dated"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["trial", "enrolled", "waiting"], ended_on__isnull=True)
                | Q(state__in=["completed", "stopped", "withdrawn"], ended_on__gte=F("enrolled_on")),
                name="enrolment_end_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["stopped", "withdrawn"]) | ~Q(end_reason=""),
                name="enrolment_end_has_reason",
                violation_error_message=_("Say why."),
            ),
        ]
        triggers: ClassVar = [walls.ENROLMENT_FITS]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.case_id} ({self.state})"
