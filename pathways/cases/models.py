"""The case and what is known and decided about it.

`Facts` has one typed column for each stored fact of the catalogue and is all that rules may see. What was recorded
(`FactChange`) and decided (`DecisionRecord`) is append-only: a trigger refuses changes.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from pathways.cases import copies
from pathways.cases.export_models import CaseExport as CaseExport
from pathways.cases.scopes import CaseQuerySet
from pathways.documents.models import Document
from pathways.people.models import Person
from pathways.programmes.models import Office, Region, RuleSet
from pathways.rules import OUTCOMES, PROGRAMMES, STORED_FACTS, Fact


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


class DecisionBase(models.Model):
    """The columns of a decision: what `pathways.rules` answers for one case on one day.

    Decisions and search words are written by the million from rows that exist and cannot go (a recorded case and a
    published rule set are never deleted), so no foreign key is checked again for each: that took longer than all else.
    """

    on = models.DateField()
    duty_rule_set = models.ForeignKey(
        RuleSet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    trajectory_rule_set = models.ForeignKey(
        RuleSet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    outcome = models.CharField(max_length=12)
    rule = models.CharField(max_length=60, null=True, blank=True)
    rule_truths = models.CharField(max_length=60, null=True, blank=True)
    possible = ArrayField(models.TextField(), null=True, blank=True)
    missing = ArrayField(models.TextField(), null=True, blank=True)
    components = models.IntegerField()
    obliged_since = models.DateField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    next_due = models.CharField(max_length=30, null=True, blank=True)

    class Meta:
        abstract = True


# The list sorts by this key, so that cases without a due date come last and one index serves the whole order.
NEVER_DUE = models.Value(dt.date(9999, 12, 31))
DUE_KEY = Coalesce("decision__next_due_on", NEVER_DUE)


class Decision(DecisionBase):
    """The decision in force of a case, and the next day on which it can change by itself (`next_check_on`).

    `records` counts its records: one taken out at the end of the chain is missed.

    It repeats what a list of cases is narrowed and sorted by, so that one index serves an office's list by outcome or by
    due date. That is written with the decision; when the case changes, a trigger follows.
    """

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="decision", db_constraint=False
    )
    next_check_on = models.DateField(null=True, blank=True)
    records = models.IntegerField(default=1, db_default=1, editable=False)
    office = copies.key_of(Office)
    counselor = copies.key_of(settings.AUTH_USER_MODEL)
    programme = models.CharField(max_length=40, null=True, editable=False)
    sort_name = models.CharField(max_length=250, editable=False)
    opened_on = models.DateField(editable=False)
    is_open = models.BooleanField(default=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_check_on"], name="decision_next_check", condition=Q(next_check_on__isnull=False)
            ),
            models.Index(
                "office",
                "is_open",
                Coalesce("next_due_on", NEVER_DUE),
                "case",
                include=("programme", "counselor"),
                name="decision_office_due",
            ),
            models.Index(fields=["office", "is_open", "outcome", "sort_name", "case"], name="decision_office_outcome"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(outcome__in=[*OUTCOMES, "undecided"]), name="decision_outcome")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.outcome}"


class DecisionRecord(DecisionBase):
    """Every decision there ever was, with the facts and rule sets it rests on: it can be replayed.

    `number` counts the records of a case from 1; `receipt` is a SHA-256 over the record and the receipt before it.
    """

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="decision_records", db_index=False, db_constraint=False
    )
    number = models.IntegerField()
    duty_line = models.CharField(max_length=2)
    trajectory_line = models.CharField(max_length=2, null=True, blank=True)
    facts = models.JSONField()
    duty_rule_set_hash = models.CharField(max_length=64, null=True, blank=True)
    trajectory_rule_set_hash = models.CharField(max_length=64, null=True, blank=True)
    cause = models.CharField(max_length=30)
    engine = models.CharField(max_length=20)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    previous = models.BinaryField(max_length=32, null=True)
    receipt = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="decision_record_number_once")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="decision_record_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.outcome} ({self.on})"


class Note(models.Model):
    """A counselor's note on a case: what was said or done, on which day."""

    class Kind(models.TextChoices):
        """How the contact took place."""

        NOTE = "note", _("Note")
        CALL = "call", _("Phone call")
        VISIT = "visit", _("Visit")
        MAIL = "mail", _("Mail or message")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes", db_index=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NOTE)
    text = models.TextField(_("text"), max_length=4000)
    on = models.DateField(_("day"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-on", "-id"], name="note_case")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="note_text_given")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"


class CaseDocument(models.Model):
    """A paper of a case and what it is."""

    class Kind(models.TextChoices):
        """What the paper is for."""

        INVITATION = "invitation", _("Invitation")
        EVIDENCE = "evidence", _("Evidence")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="case_document")
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["invitation", "evidence"]), name="case_document_kind")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"


class SavedView(models.Model):
    """A user's named filter of the case list: the query string of the list page."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_view_name_once",
                violation_error_message=_("You already have a view with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
