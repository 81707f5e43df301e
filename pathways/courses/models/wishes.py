"""When no offer fits a person: what stands in the way, and what the office answers."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.rules import COMPONENT_CODES


class CourseWish(models.Model):
    """A person says why none of the offers of a component fits. Open until the office answers or a course is found."""

    class Reason(models.TextChoices):
        """What stands in the way."""

        TIMES = "times", _("The days or hours")
        PLACE = "place", _("Too far away")
        CHILDCARE = "childcare", _("No care for the children")
        LEVEL = "level", _("Too easy or too difficult")
        START = "start", _("The first day")
        HEALTH = "health", _("Health")
        OTHER = "other", _("Another reason")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="course_wishes", db_index=False)
    component = models.CharField(_("component"), max_length=30, choices=[(code, code) for code in COMPONENT_CODES])
    reasons = ArrayField(models.CharField(max_length=10), default=list)
    note = models.TextField(_("what the person says"), max_length=1000, blank=True)
    said_on = models.DateField(_("said"))
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["case", "component"], name="course_wish_case")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(component__in=COMPONENT_CODES), name="course_wish_component"),
            models.CheckConstraint(
                condition=Q(reasons__contained_by=["times", "place", "childcare", "level", "start", "health", "other"])
                & Q(reasons__len__gt=0),
                name="course_wish_reasons",
                violation_error_message=_("Say what stands in the way."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                | Q(answered_on__isnull=False) & Q(answered_by__isnull=False) & ~Q(answer=""),
                name="course_wish_answered_in_words",
            ),
            models.UniqueConstraint(
                fields=["case", "component"], condition=Q(answered_on__isnull=True), name="course_wish_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.component}"

    @property
    def reason_words(self) -> list[str]:
        """The reasons in words."""
        return [str(self.Reason(code).label) for code in self.reasons]
