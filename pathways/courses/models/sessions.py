"""The sessions of a course."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from pathways.courses import walls
from pathways.courses.models.offers import Course


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions by what they count for."""

    def counting(self) -> Self:
        """Those held or still to be held; cancelled ones count in nothing."""
        return self.exclude(state=Session.State.CANCELLED)

    def held(self) -> Self:
        """Those that took place: attendance so far divides by their minutes."""
        return self.filter(state=Session.State.HELD)

    def to_come(self) -> Self:
        """Those still to be held, at the planned or another time."""
        return self.filter(state__in=[Session.State.PLANNED, Session.State.MOVED])


_DURATION = Func(
    F("ends_at"),
    F("starts_at"),
    arg_joiner=" - ",
    template="(EXTRACT(EPOCH FROM (%(expressions)s)) / 60)::integer",
    output_field=models.IntegerField(),
)


class Session(models.Model):
    """One meeting of a course. `minutes` count for attendance; they may be fewer than its duration (a break)."""

    class State(models.TextChoices):
        """Life of a session. Moved: still to be held, at another time than `moved_from`; then held like any other."""

        PLANNED = "planned", _("Planned")
        MOVED = "moved", _("Moved")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sessions", db_index=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    make_up = models.BooleanField(_("make-up session"), default=False)
    moved_from = models.DateTimeField(_("was planned"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True, help_text=_("Of moving or cancelling it."))

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        indexes: ClassVar = [models.Index(fields=["course", "starts_at"], name="session_course_start")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "moved", "held", "cancelled"]), name="session_state"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=_DURATION),
                name="session_minutes_fit",
                violation_error_message=_("The session is shorter than the minutes that count."),
            ),
            models.CheckConstraint(
                condition=~Q(state="moved") | Q(moved_from__isnull=False), name="session_moved_from_known"
            ),
        ]
        triggers: ClassVar = [walls.SESSION_FITS]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.starts_at:%Y-%m-%d %H:%M}"
