"""Reception offices and the municipalities they serve."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from pathways.programmes.models.reference import Municipality, Region


class Office(models.Model):
    """A reception office: where newcomers report, for one or more programmes."""

    code = models.SlugField(max_length=40, unique=True)
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="office")
    name = models.CharField(max_length=200)
    prefix = models.CharField(max_length=6, unique=True)
    region = models.CharField(max_length=20, choices=Region)
    programmes = ArrayField(models.CharField(max_length=40), default=list)
    language = models.CharField(max_length=2)
    city = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    confidence = models.CharField(max_length=10)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(region__in=Region.values), name="office_region"),
            models.CheckConstraint(condition=Q(language__in=["nl", "fr", "de"]), name="office_language"),
        ]

    def __str__(self) -> str:
        return self.name


class OfficeArea(models.Model):
    """An office serves a municipality for a programme; decides which office a new case gets."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="areas")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    programme = models.CharField(max_length=40)
    assumed = models.BooleanField(
        default=False, help_text="A working assumption where the public source names no area."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "programme"], name="office_area_once"),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.municipality_id}"
