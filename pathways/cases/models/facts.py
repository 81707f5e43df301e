"""What is known of a case: one typed column for each stored fact of the catalogue, and who recorded what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models.cases import Case
from pathways.rules import STORED_FACTS, Fact


class Source(models.TextChoices):
    """Where a fact comes from."""

    NATIONAL_REGISTER = "national_register", _("National Register")
    MUNICIPALITY_LIST = "municipality_list", _("Municipality's list")
    EID = "eid", _("Electronic identity card")
    DOCUMENT = "document", _("Document shown")
    STATEMENT = "statement", _("The person's own statement")
    PARTNER = "partner", _("Partner organisation")
    OFFICE = "office", _("Act of the office")
    SOFTWARE = "software", _("Derived by the software")


def _fact_field(fact: Fact) -> models.Field[Any, Any]:
    """The nullable column of a stored fact; blank keeps its catalogue meaning."""
    if fact.type == "bool":
        return models.BooleanField(null=True, blank=True)
    if fact.type == "int":
        return models.IntegerField(null=True, blank=True)
    if fact.type == "date":
        return models.DateField(null=True, blank=True)
    return models.CharField(max_length=40, null=True, blank=True)


def _fact_checks() -> list[models.BaseConstraint]:
    """A choice or level column holds only what the catalogue names."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__in": list(fact.choices)}), name=f"fact_{name}"
        )
        for name, fact in STORED_FACTS.items()
        if fact.choices
    ]


class FactsBase(models.Model):
    """Base that receives a column for each stored fact below; adding a fact is one entry in the catalogue."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """The value of a stored fact."""


for _name, _fact in STORED_FACTS.items():
    FactsBase.add_to_class(_name, _fact_field(_fact))


class Facts(FactsBase):
    """The facts of one case, as known now. Names are those of the catalogue.

    Lines and `is_open` repeat what the case says, so that evaluating everybody is one scan of this table and no join.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="facts")
    duty_line = models.CharField(max_length=2)
    trajectory_line = models.CharField(max_length=2, null=True, blank=True)
    is_open = models.BooleanField(default=True)
    own = models.JSONField(null=True, blank=True, help_text="Own facts of the programme, by name.")

    class Meta:
        verbose_name_plural = "facts"
        constraints: ClassVar = _fact_checks()
        indexes: ClassVar = [
            models.Index(fields=["municipality"], name="facts_municipality"),
            models.Index(fields=["nationality"], name="facts_nationality"),
        ]

    def __str__(self) -> str:
        return f"facts of {self.case_id}"


class FactChange(models.Model):
    """What was recorded in one act: `changes` maps fact to `[old, new]` in JSON values."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="fact_changes", db_index=False)
    changes = models.JSONField()
    source = models.CharField(_("source"), max_length=20, choices=Source)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    valid_since = models.DateField(_("valid since"), null=True, blank=True)
    on = models.DateField(_("day"))
    recorded_at = models.DateTimeField(_("recorded"), db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-recorded_at"], name="fact_change_case")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="fact_change_source")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="fact_change_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {', '.join(self.changes)}"
