"""Providers and their course offers."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.roles import Role
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
