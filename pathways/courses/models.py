"""Providers, their course offers, the sessions of a course, and who is enrolled.

A course is of one component; its sessions sum to its hours. A session that was moved keeps its row: `starts_at` is when
it takes place, `moved_from` when it was to. An enrolment holds a place (on trial, enrolled, or offered to the first of
the waiting list) or waits. Triggers (walls.py) keep places and timetables, whoever writes.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.roles import Role
from pathways.cases.models import Case
from pathways.courses import walls
from pathways.programmes.models import Municipality, Region
from pathways.rules import COMPONENT_CODES, LEVELS

if TYPE_CHECKING:
    from accounts.models import User

MANAGERS = ("team_lead",)
WORKERS = ("counselor", "team_lead")


class Provider(models.Model):
    """A course provider: an organisation whose teachers see their own courses and nothing else."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="provider")
    name = models.CharField(_("name"), max_length=200)
    region = models.CharField(_("region"), max_length=20, choices=Region)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(region__in=Region.values), name="provider_region")]

    def __str__(self) -> str:
        return self.name


class CourseQuerySet(models.QuerySet["Course"]):
    """Courses by who may see them."""

    def visible_to(self, actor: User, *, on: dt.date) -> Self:
        """Courses of the regions in which `actor` is counselor or team lead on day `on`, and those they teach.

        Administrators see all courses; who is in them they see nowhere.
        """
        held = actor.memberships.held_on(on)
        if held.filter(role=Role.ADMINISTRATOR).exists():
            return self
        posts = held.filter(role__in=WORKERS, organisation__office__isnull=False)
        regions = posts.order_by().values("organisation__office__region")
        taught = actor.courses_taught.order_by().values("pk")
        return self.filter(Q(provider__region__in=regions) | Q(pk__in=taught))


class Course(models.Model):
    """One offer: a component, its hours, where and when. A unit of `hours` lasts `unit_minutes` minutes."""

    class Calendar(models.TextChoices):
        """Whose school holidays are skipped; names as the `holidays` library has them in lower case."""

        FLEMISH = "flemish", _("Flemish Community")
        FRENCH = "french", _("French Community")
        GERMAN = "german", _("German-speaking Community")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="courses", verbose_name=_("provider"))
    title = models.CharField(_("title"), max_length=160)
    component = models.CharField(_("component"), max_length=30, choices=[(code, code) for code in COMPONENT_CODES])
    language = models.CharField(_("language"), max_length=12, help_text=_("Language taught, or in which it is taught."))
    level_from = models.CharField(_("from level"), max_length=4, blank=True, choices=[(x, x) for x in LEVELS])
    level_to = models.CharField(_("to level"), max_length=4, blank=True, choices=[(x, x) for x in LEVELS])
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=2)
    unit_minutes = models.PositiveSmallIntegerField(_("minutes per hour"), default=60)
    place = models.CharField(_("place"), max_length=200, blank=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    timetable = models.JSONField(
        _("timetable"),
        help_text='Weekly slots: [{"weekday": 1 to 7, "starts": "09:00", "ends": "12:00"}]; 1 is Monday.',
    )
    calendar = models.CharField(_("school holidays"), max_length=10, choices=Calendar)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    capacity = models.PositiveSmallIntegerField(_("places"))
    evening = models.BooleanField(_("in the evening"), default=False)
    childcare = models.BooleanField(_("childcare"), default=False)
    accessible = models.BooleanField(_("accessible by wheelchair"), default=False)
    online = models.BooleanField(_("online"), default=False)
    women_only = models.BooleanField(_("women only"), default=False)
    literacy = models.BooleanField(_("for people who learn to read and write"), default=False)
    teachers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="courses_taught")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["starts_on", "id"], name="course_start"),
            models.Index(fields=["component", "ends_on"], name="course_component_end"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(component__in=COMPONENT_CODES), name="course_component"),
            models.CheckConstraint(condition=Q(calendar__in=["flemish", "french", "german"]), name="course_calendar"),
            models.CheckConstraint(condition=Q(level_from__in=["", *LEVELS]), name="course_level_from"),
            models.CheckConstraint(condition=Q(level_to__in=["", *LEVELS]), name="course_level_to"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="course_ends_after_start",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0, unit_minutes__gte=1, unit_minutes__lte=120), name="course_hours"
            ),
            models.CheckConstraint(
                condition=Q(capacity__gt=0),
                name="course_capacity",
                violation_error_message=_("A course has at least one place."),
            ),
        ]
        triggers: ClassVar = [walls.CAPACITY_HOLDS]

    def __str__(self) -> str:
        return self.title

    @property
    def planned_minutes(self) -> int:
        """The minutes to which its sessions sum."""
        return round(self.hours * self.unit_minutes)


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
