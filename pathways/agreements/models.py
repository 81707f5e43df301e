"""The integration contract of a case and its versions. What was offered cannot be changed, what was signed is kept.

A case has one contract; every change of it is a new version, and at most one version is in force. The states, their
passages and what may still change in each are held by the database.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.documents.models import Document
from pathways.programmes.models import RuleSet
from pathways.rules import COMPONENT_CODES, LEVELS, REQUIREMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable


class EndReason(models.TextChoices):
    """Why a contract ends before or at its time."""

    COMPLETED = "completed", _("Completed")
    MOVED = "moved", _("Moved to another region")
    EXEMPTED = "exempted", _("No longer obliged, and does not wish to go on")
    STOPPED = "stopped", _("Stopped early by the person")
    NOT_KEPT = "not_kept", _("Not kept by the person")
    PROGRAMME = "programme", _("The person has changed programme")
    MISTAKE = "mistake", _("Signed by mistake")


class How(models.TextChoices):
    """What is agreed about a part of the pathway."""

    FOLLOW = "follow", _("To follow")
    RECOGNISED = "recognised", _("Recognised: the person can do this already")
    LEFT_OUT = "left_out", _("Left out")


class Contract(models.Model):
    """The agreement of a case; what was agreed stands in its versions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="contract")
    created_on = models.DateField(_("begun"))

    def __str__(self) -> str:
        return f"contract of {self.case_id}"


def _changed(*names: str) -> pgtrigger.Q:
    """Whether any of these columns changes."""
    found = pgtrigger.Q()
    for name in names:
        found |= pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
    return found


LIFE = [
    pgtrigger.FSM(
        name="contract_passages",
        field="state",
        transitions=[
            ("draft", "offered"),
            ("draft", "signed"),  # recorded from a paper that was signed before
            ("draft", "withdrawn"),
            ("offered", "signed"),
            ("offered", "withdrawn"),
            ("signed", "superseded"),
            ("signed", "ended"),
        ],
    ),
    pgtrigger.Protect(
        name="contract_offered_unchanged",
        operation=pgtrigger.Update,
        condition=~pgtrigger.Q(old__state="draft")
        & _changed("contract", "number", "rule_set", "starts_on", "ends_on", "reason", "offered_on", "offered_paper"),
    ),
    pgtrigger.Protect(
        name="contract_signed_unchanged",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__state__in=["signed", "superseded", "ended", "withdrawn"])
        & _changed("signed_on", "sealed_paper", "sealed_sha256"),
    ),
    pgtrigger.Protect(
        name="contract_over_unchanged",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__state__in=["superseded", "ended", "withdrawn"])
        & _changed("over_on", "end_reason", "end_note"),
    ),
    pgtrigger.Protect(name="contract_version_stays", operation=pgtrigger.Delete),
]
"""What the database holds about a version: its passages from state to state, and what no longer changes in each."""


class VersionQuerySet(models.QuerySet["ContractVersion"]):
    """Versions by state, and with what is shown of them."""

    def in_force(self) -> Self:
        """Signed, and neither replaced nor ended."""
        return self.filter(state=ContractVersion.State.SIGNED)

    def in_preparation(self) -> Self:
        """Being written, or offered and not yet signed by both."""
        return self.filter(state__in=PREPARED)

    def of_cases(self, cases: Iterable[int]) -> Self:
        """Versions of these cases, by row number."""
        return self.filter(contract__case__in=list(cases))


class ContractVersion(models.Model):
    """One version: draft, then offered, then signed by both sides and sealed; later replaced or ended.

    `rule_set` is the trajectory's at drafting; the signature pins it. `revision` grows with each change of a draft, so
    that of two people who write at once the second is told.
    """

    class State(models.TextChoices):
        """Life of a version."""

        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("Offered, to be signed")
        SIGNED = "signed", _("In force")
        SUPERSEDED = "superseded", _("Replaced by a later version")
        ENDED = "ended", _("Ended")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    created_on = models.DateField(_("begun"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    offered_on = models.DateField(_("offered"), null=True, blank=True)
    offered_paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    sealed_paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sealed_sha256 = models.CharField(max_length=64, blank=True)
    over_on = models.DateField(_("no longer in force since"), null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=12, choices=EndReason, blank=True)
    end_note = models.TextField(_("note on the end"), max_length=1000, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["contract", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "number"], name="contract_version_number"),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(state="signed"),
                name="contract_in_force_once",
                violation_error_message=_("Another version of this contract is in force."),
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(state__in=["draft", "offered"]),
                name="contract_in_preparation_once",
                violation_error_message=_("Another version of this contract is being prepared."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="contract_period",
                violation_error_message=_("A contract cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "offered", "signed", "superseded", "ended", "withdrawn"]),
                name="contract_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "superseded", "ended"]) | Q(signed_on__isnull=False),
                name="contract_signed_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["superseded", "ended"]) | Q(over_on__gte=F("signed_on")),
                name="contract_over_after_signing",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(end_reason__in=EndReason.values), name="contract_end_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(sealed_paper__isnull=True, sealed_sha256="")
                | Q(sealed_paper__isnull=False, sealed_sha256__regex=r"^[0-9a-f]{64}$"),
                name="contract_sealed_has_hash",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["offered_on"], condition=Q(state="offered"), name="contract_offered"),
        ]
        triggers: ClassVar = LIFE

    def __str__(self) -> str:
        return f"{self.contract}, version {self.number}"


PREPARED = (ContractVersion.State.DRAFT, ContractVersion.State.OFFERED)
OVER = (ContractVersion.State.SUPERSEDED, ContractVersion.State.ENDED, ContractVersion.State.WITHDRAWN)


class ContractItem(models.Model):
    """What a version says about one component. `rule_hours` and `rule_level` are what the rules plan for it."""

    version = models.ForeignKey(ContractVersion, on_delete=models.PROTECT, related_name="items")
    component = models.CharField(_("component"), max_length=20)
    position = models.PositiveSmallIntegerField()
    requirement = models.CharField(max_length=10)
    rule_hours = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    rule_level = models.CharField(max_length=4, blank=True)
    how = models.CharField(_("agreed"), max_length=12, choices=How)
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=1, null=True, blank=True)
    level = models.CharField(_("level"), max_length=4, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    goal = models.CharField(_("goal"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    evidence = models.CharField(_("proof"), max_length=300, blank=True)
    ground = models.CharField(_("ground"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "component"], name="contract_item_component_once"),
            models.CheckConstraint(condition=Q(component__in=COMPONENT_CODES), name="contract_item_component"),
            models.CheckConstraint(condition=Q(requirement__in=REQUIREMENTS), name="contract_item_requirement"),
            models.CheckConstraint(condition=Q(how__in=How.values), name="contract_item_how"),
            models.CheckConstraint(condition=Q(level="") | Q(level__in=LEVELS), name="contract_item_level"),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gt=0), name="contract_item_hours"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contract_item_period",
            ),
            models.CheckConstraint(
                condition=~Q(how="recognised") | ~Q(evidence=""), name="contract_item_recognised_with_proof"
            ),
            models.CheckConstraint(
                condition=~Q(how="left_out", requirement="required") | ~Q(ground=""),
                name="contract_item_required_left_out_on_ground",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="contract_item_of_draft_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("_state", "text")],
                func="""
                    SELECT state INTO _state FROM agreements_contractversion
                    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
                    IF _state IS DISTINCT FROM 'draft' THEN
                        RAISE EXCEPTION 'the items of a version that was offered cannot change';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.component}: {self.how}"


class Signature(models.Model):
    """One side has signed one version, on which day, how, and at whose desk."""

    class Party(models.TextChoices):
        """The sides of a contract."""

        PERSON = "person", _("The person")
        OFFICE = "office", _("The office")

    class Method(models.TextChoices):
        """How somebody signed."""

        DESK_DRAWN = "desk_drawn", _("Signed by hand at the office")
        DESK_TYPED = "desk_typed", _("Signed at the office by typing the name")
        PORTAL = "portal", _("Signed in the portal")
        PAPER = "paper", _("Signed on paper")

    version = models.ForeignKey(ContractVersion, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=6, choices=Party)
    method = models.CharField(max_length=10, choices=Method)
    name = models.CharField(_("name"), max_length=250)
    image = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("day"))
    signed_at = models.DateTimeField(db_default=Now(), editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "party"],
                name="signature_once",
                violation_error_message=_("This side has signed already."),
            ),
            models.CheckConstraint(condition=Q(party__in=["person", "office"]), name="signature_party"),
            models.CheckConstraint(
                condition=Q(method__in=["desk_drawn", "desk_typed", "portal", "paper"]), name="signature_method"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="signature_name_given"),
            models.CheckConstraint(
                condition=~Q(method="desk_drawn") | Q(image__isnull=False), name="signature_drawn_has_image"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="signature_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.party}"
