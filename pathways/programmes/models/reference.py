"""The reference data that rules and people rest on: regions, municipalities, nationalities, permits, languages."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """Who makes the rules where a person lives; the nine German-speaking municipalities are their own region."""

    FLANDERS = "flanders", _("Flanders")
    BRUSSELS = "brussels", _("Brussels")
    WALLONIA = "wallonia", _("Wallonia")
    GERMAN_COMMUNITY = "german_community", _("German-speaking Community")


class Municipality(models.Model):
    """A municipality with its NIS (REFNIS) code. A former one names its successor. Source: Statbel, CC BY 4.0."""

    nis_code = models.CharField(primary_key=True, max_length=5)
    name_nl = models.CharField(max_length=80)
    name_fr = models.CharField(max_length=80)
    name_de = models.CharField(max_length=80)
    folded_names = ArrayField(models.CharField(max_length=80), default=list)
    region = models.CharField(max_length=20, choices=Region)
    province = models.CharField(max_length=30, blank=True)
    language_area = models.CharField(max_length=10)
    postal_codes = ArrayField(models.CharField(max_length=4), default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        verbose_name_plural = "municipalities"
        ordering: ClassVar = ["name_nl"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(region__in=Region.values), name="municipality_region"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(successor__isnull=False), name="municipality_ended_has_successor"
            ),
        ]

    def __str__(self) -> str:
        return self.name_nl


class Nationality(models.Model):
    """A nationality by ISO 3166 alpha-2 code, or XXA (stateless), XXB, XXC, XXX. Names: Unicode CLDR."""

    code = models.CharField(primary_key=True, max_length=3)
    kind = models.CharField(max_length=20)
    name_en = models.CharField(max_length=80)
    name_nl = models.CharField(max_length=80)
    name_fr = models.CharField(max_length=80)
    name_de = models.CharField(max_length=80)
    name_tr = models.CharField(max_length=80, blank=True)
    name_ar = models.CharField(max_length=80, blank=True)
    name_ru = models.CharField(max_length=80, blank=True)
    nationality_of = models.CharField(max_length=3, blank=True)

    class Meta:
        verbose_name_plural = "nationalities"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name_en


class NationalityGroupPeriod(models.Model):
    """In which group (Belgian, EU, EEA, Swiss, third country) a nationality was, half-open; null = open."""

    nationality = models.ForeignKey(Nationality, on_delete=models.CASCADE, related_name="group_periods")
    nationality_group = models.CharField(max_length=20)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["nationality", "valid_from"], name="nationality_group_period_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(nationality_group__in=["belgian", "eu", "eea", "swiss", "third_country", "unknown"]),
                name="nationality_group_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nationality_id}: {self.nationality_group}"


class PermitType(models.Model):
    """A residence document by its code (A, B, F+, annex 15 ...)."""

    code = models.CharField(primary_key=True, max_length=30)
    name_en = models.CharField(max_length=160)
    name_nl = models.CharField(max_length=160)
    name_fr = models.CharField(max_length=160)
    name_de = models.CharField(max_length=160)
    counts_as_long_stay = models.CharField(max_length=10)
    confidence = models.CharField(max_length=10)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name_en


class Language(models.Model):
    """A contact language with its own name, script and direction."""

    code = models.CharField(primary_key=True, max_length=12)
    name_en = models.CharField(max_length=60)
    name_nl = models.CharField(max_length=60)
    name_fr = models.CharField(max_length=60)
    name_de = models.CharField(max_length=60)
    autonym = models.CharField(max_length=60)
    script = models.CharField(max_length=4)
    direction = models.CharField(max_length=3)

    class Meta:
        ordering: ClassVar = ["name_en"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(direction__in=["ltr", "rtl"]), name="language_direction")
        ]

    def __str__(self) -> str:
        return self.name_en
