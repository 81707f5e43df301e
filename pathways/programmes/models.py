"""Rule sets and the reference data they rest on: municipalities, nationalities, permits, languages, offices."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from pathways.programmes.own_models import OwnFact as OwnFact

LINES = ("FL", "BX", "WA", "DG")


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


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    """Rule sets by state and line."""

    def published(self) -> Self:
        """Those that decide cases; a superseded one still decides the cases of its period."""
        return self.filter(state__in=[RuleSet.State.PUBLISHED, RuleSet.State.SUPERSEDED])

    def decided(self) -> Self:
        """Those that decide cases or once did; one that was ended in an emergency still explains its decisions."""
        return self.filter(state__in=[RuleSet.State.PUBLISHED, RuleSet.State.SUPERSEDED, RuleSet.State.ENDED])

    def in_force_on(self, day: dt.date) -> Self:
        """Published rule sets whose half-open period holds `day`."""
        return self.published().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def _line_day_range() -> Func:
    """An int8range made of line and days: lets an exclusion hold (line, period) without the btree_gist extension."""
    base = Case(*(When(line=line, then=Value(number * 10_000_000)) for number, line in enumerate(LINES, 1)))
    start = Func(
        F("valid_from"), template="(%(expressions)s - DATE '1900-01-01')", output_field=models.BigIntegerField()
    )
    end = Func(
        F("valid_to"),
        template="COALESCE(%(expressions)s - DATE '1900-01-01', 9000000)",
        output_field=models.BigIntegerField(),
    )
    return Func(base + start, base + end, function="int8range", output_field=models.Field())


class RuleSet(models.Model):
    """One dated version in a line. `content` is the document (docs/rule-set-format.md); only that of a draft changes."""

    class State(models.TextChoices):
        """Life of a version."""

        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Superseded")
        ENDED = "ended", _("Ended in an emergency")

    code = models.CharField(max_length=40)
    line = models.CharField(max_length=2, choices=[(line, line) for line in LINES])
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was ended in an emergency.")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["line", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(line__in=LINES), name="rule_set_line"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="rule_set_period"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(state="draft"), name="rule_set_published_code_once"),
            models.UniqueConstraint(
                fields=["line", "valid_from"],
                condition=Q(state__in=["approved", "scheduled", "published", "superseded"]),
                name="rule_set_line_day_once",
                violation_error_message=_("Another version of this line starts on the same day."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state="draft"),
                name="rule_set_draft_code_once",
                violation_error_message=_("A draft with this code exists already."),
            ),
            ExclusionConstraint(
                name="rule_set_published_no_overlap",
                expressions=[(_line_day_range(), "&&")],
                condition=Q(state__in=["published", "superseded"]),
                violation_error_message=_("Two published rule sets of a line may not overlap."),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="rule_set_published_immutable",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft")
                & (
                    pgtrigger.Q(old__content_hash__df=pgtrigger.F("new__content_hash"))
                    | pgtrigger.Q(old__content__df=pgtrigger.F("new__content"))
                    | pgtrigger.Q(old__valid_from__df=pgtrigger.F("new__valid_from"))
                    | pgtrigger.Q(old__code__df=pgtrigger.F("new__code"))
                    | pgtrigger.Q(old__line__df=pgtrigger.F("new__line"))
                ),
            ),
            pgtrigger.Protect(
                name="rule_set_published_stays",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
            pgtrigger.FSM(
                name="rule_set_states",
                field="state",
                transitions=[
                    ("draft", "proposed"),
                    ("draft", "published"),  # what the repository ships
                    ("proposed", "draft"),
                    ("proposed", "approved"),
                    ("approved", "draft"),
                    ("approved", "scheduled"),
                    ("scheduled", "draft"),
                    ("scheduled", "published"),
                    ("published", "superseded"),
                    ("published", "ended"),
                    ("superseded", "published"),  # again, where the one after it was ended in an emergency
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DraftEdit(models.Model):
    """One state of a draft's document, kept for good: what undoing, comparing and telling two editors apart rest on.

    Numbers run from 1 in each draft. `after` is the number of the edit whose content was changed into this one (None for
    the first); an edit that undoes or repeats has the content of the edit it `restores`. `place` is a JSON pointer.
    """

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    after = models.PositiveIntegerField(null=True, blank=True)
    restores = models.PositiveIntegerField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["rule_set", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule_set", "number"], name="draft_edit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set_id}: {self.number}"

    @property
    def state(self) -> int:
        """The number of the edit that first had this content."""
        return self.restores or self.number
