"""A person in one region, and the words by which the case is found."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pathways.cases import copies
from pathways.cases.scopes import CaseQuerySet
from pathways.people.models import Person
from pathways.programmes.models import Office, Region
from pathways.rules import PROGRAMMES


class Case(models.Model):
    """One person in one region. In Brussels the programme stays open until the person's choice is recorded."""

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    region = models.CharField(_("region"), max_length=20, choices=Region)
    programme = models.CharField(
        _("programme"), max_length=40, null=True, blank=True, choices=[(code, code) for code in PROGRAMMES]
    )
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", db_index=False
    )
    counselor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", db_index=False
    )
    sort_name = models.CharField(max_length=250, editable=False)
    opened_on = models.DateField(_("opened"))
    handed_on = models.DateField(_("came from another office"), null=True, blank=True)
    invited_on = models.DateField(_("invitation sent"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    close_reason = models.CharField(_("reason of closing"), max_length=40, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(closed_on__isnull=True),
                name="case_open_once",
                violation_error_message=_("This person already has an open case."),
            ),
            models.CheckConstraint(condition=Q(region__in=Region.values), name="case_region"),
            models.CheckConstraint(
                condition=Q(programme__isnull=False) | Q(region="brussels"), name="case_programme_open_in_brussels_only"
            ),
            models.CheckConstraint(
                condition=Q(programme__isnull=True) | Q(programme__in=list(PROGRAMMES)), name="case_programme"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
                name="case_closed_after_opening",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "sort_name", "id"], include=copies.FILTERED, name="case_office_name"),
            models.Index(fields=["counselor", "sort_name", "id"], name="case_counselor_name"),
            models.Index(fields=["office", "-opened_on", "-id"], include=copies.FILTERED, name="case_office_opened"),
            models.Index(fields=["office"], name="case_handed_on", condition=Q(handed_on__isnull=False)),
        ]
        triggers: ClassVar = [copies.FOLLOW]

    def __str__(self) -> str:
        return self.reference


class SearchWord(models.Model):
    """One folded word by which a case is found: a name, the national number, the reference. A b-tree finds prefixes.

    It repeats the office of the case: who searches sees some offices, and their words stand together in the index.
    """

    pk = models.CompositePrimaryKey("case_id", "word")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    word = models.CharField(max_length=60)
    office = copies.key_of(Office)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["office", "word", "case"],
                name="search_word_prefix",
                opclasses=["int8_ops", "varchar_pattern_ops", "int8_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.word
