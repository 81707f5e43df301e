"""A move to another region: what is known of it, what the person agreed to, and what came of it.

The old case and the new one are told apart: both keep their own facts, decision and papers. What was done is kept as
`Recognition` rows, on which the receiving office decides. `ProgrammeChange` is the one change inside Brussels.
"""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.documents.models import Document
from pathways.programmes.models import Region
from pathways.rules import COMPONENT_CODES, CONFIDENCES, LEVELS, PROGRAMMES

_PROGRAMMES = [(code, code) for code in PROGRAMMES]


def _user() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )


class MoveQuerySet(models.QuerySet["Move"]):
    """Moves by state."""

    def started(self) -> Self:
        """Begun, and neither confirmed nor cancelled."""
        return self.filter(state="started")

    def confirmed(self) -> Self:
        """Those that led to a new case."""
        return self.filter(state="confirmed")

    def unread(self) -> Self:
        """Confirmed, and not yet taken in by the receiving office."""
        return self.confirmed().filter(received_on__isnull=True)


class Move(models.Model):
    """A new address in another region, from the day it became known to the day the receiving office has read the brief."""

    class State(models.TextChoices):
        """Life of a move."""

        STARTED = "started", _("Being prepared")
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Cancelled")

    class Origin(models.TextChoices):
        """How the new address became known."""

        FACTS = "facts", _("Recorded as a fact")
        LIST = "list", _("A municipality's list")
        HAND = "hand", _("Started by the office")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case_from = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moves_away")
    case_to = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="move_here")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.STARTED)
    origin = models.CharField(_("known by"), max_length=6, choices=Origin)
    origin_evidence = models.CharField(max_length=200, blank=True)
    from_region = models.CharField(max_length=20, choices=Region)
    to_region = models.CharField(max_length=20, choices=Region)
    municipality = models.CharField(_("municipality"), max_length=5)
    programme = models.CharField(_("programme"), max_length=40, null=True, blank=True, choices=_PROGRAMMES)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    moved_on = models.DateField(_("moved on"))
    consent = models.BooleanField(_("agrees that what was done is passed on"), null=True, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    consent_by = _user()
    consent_evidence = models.CharField(max_length=200, blank=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_name = models.CharField(max_length=250, blank=True)
    started_on = models.DateField()
    started_by = _user()
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = _user()
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_by = _user()
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True)
    received_on = models.DateField(null=True, blank=True)
    received_by = _user()

    objects = MoveQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-started_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case_from"],
                condition=~Q(state="cancelled"),
                name="move_once_per_case",
                violation_error_message=_("A move of this case is being prepared already."),
            ),
            models.CheckConstraint(condition=Q(from_region__in=Region.values), name="move_from_region"),
            models.CheckConstraint(condition=Q(to_region__in=Region.values), name="move_to_region"),
            models.CheckConstraint(
                condition=~Q(from_region=F("to_region")),
                name="move_between_regions",
                violation_error_message=_("The new address lies in the same region."),
            ),
            models.CheckConstraint(condition=Q(state__in=["started", "confirmed", "cancelled"]), name="move_state"),
            models.CheckConstraint(condition=Q(origin__in=["facts", "list", "hand"]), name="move_origin"),
            models.CheckConstraint(
                condition=Q(consent__isnull=True) | (Q(consent_on__isnull=False) & ~Q(consent_evidence="")),
                name="move_consent_with_evidence",
                violation_error_message=_("Say how the person gave or refused consent."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state="confirmed",
                    case_to__isnull=False,
                    document__isnull=False,
                    confirmed_on__isnull=False,
                    consent__isnull=False,
                )
                | (~Q(state="confirmed") & Q(case_to__isnull=True, document__isnull=True, received_on__isnull=True)),
                name="move_confirmed_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | (Q(cancelled_on__isnull=False) & ~Q(cancel_reason="")),
                name="move_cancelled_with_reason",
                violation_error_message=_("Say why the move is cancelled."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case_from"], condition=Q(state="started"), name="move_started"),
            models.Index(fields=["case_to"], condition=Q(state="confirmed", received_on=None), name="move_unread"),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="move_passages",
                field="state",
                transitions=[("started", "confirmed"), ("started", "cancelled")],
            ),
            pgtrigger.Protect(
                name="move_confirmed_unchanged",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["confirmed", "cancelled"])
                & (
                    pgtrigger.Q(old__case_from__df=pgtrigger.F("new__case_from"))
                    | pgtrigger.Q(old__case_to__df=pgtrigger.F("new__case_to"))
                    | pgtrigger.Q(old__moved_on__df=pgtrigger.F("new__moved_on"))
                    | pgtrigger.Q(old__consent__df=pgtrigger.F("new__consent"))
                    | pgtrigger.Q(old__document__df=pgtrigger.F("new__document"))
                ),
            ),
            pgtrigger.Protect(name="move_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.case_from_id}: {self.from_region} to {self.to_region}"


class Recognition(models.Model):
    """What was done of one component, how it compares with the new programme, and what the receiving office decided.

    `match` is a proposal made from `data/components.yaml`; nothing counts before `accepted` is true.
    """

    class Match(models.TextChoices):
        """How what was done compares."""

        EQUIVALENT = "equivalent", _("Equivalent")
        PARTLY = "partly", _("Partly")
        NOT = "not", _("Not comparable")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    move = models.ForeignKey(Move, on_delete=models.PROTECT, related_name="recognitions")
    component = models.CharField(_("component"), max_length=20)
    position = models.PositiveSmallIntegerField()
    complete = models.BooleanField(_("completed"), default=False)
    language = models.CharField(max_length=2, blank=True)
    level = models.CharField(max_length=4, blank=True)
    planned_minutes = models.PositiveIntegerField(null=True, blank=True)
    attended_minutes = models.PositiveIntegerField(null=True, blank=True)
    match = models.CharField(_("comparison"), max_length=10, choices=Match)
    rule = models.CharField(max_length=40)
    source = models.CharField(max_length=200)
    confidence = models.CharField(max_length=10)
    accepted = models.BooleanField(_("accepted"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = _user()

    class Meta:
        ordering: ClassVar = ["move", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["move", "component"], name="recognition_component_once"),
            models.CheckConstraint(condition=Q(component__in=COMPONENT_CODES), name="recognition_component"),
            models.CheckConstraint(condition=Q(match__in=["equivalent", "partly", "not"]), name="recognition_match"),
            models.CheckConstraint(condition=Q(confidence__in=CONFIDENCES), name="recognition_confidence"),
            models.CheckConstraint(condition=Q(level="") | Q(level__in=LEVELS), name="recognition_level"),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | Q(decided_on__isnull=False), name="recognition_decided_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(accepted=False) | ~Q(reason=""),
                name="recognition_refused_with_reason",
                violation_error_message=_("Say why it is not recognised."),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="recognition_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="recognition_needs_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""IF NOT COALESCE((SELECT consent FROM moves_move WHERE id = NEW.move_id), false) THEN
                    RAISE EXCEPTION 'Nothing is passed on without consent.'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'recognition_needs_consent';
                END IF;
                RETURN NEW;""",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.move_id}: {self.component} {self.match}"


class ProgrammeChange(models.Model):
    """The one change of programme that a person in Brussels may make after the first choice."""

    case = models.OneToOneField(
        Case,
        on_delete=models.PROTECT,
        related_name="programme_change",
        error_messages={"unique": _("The programme was changed once already.")},
    )
    from_programme = models.CharField(max_length=40, choices=_PROGRAMMES)
    to_programme = models.CharField(max_length=40, choices=_PROGRAMMES)
    reason = models.CharField(_("reason"), max_length=300)
    on = models.DateField()
    by = _user()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(from_programme=F("to_programme")), name="programme_change_is_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="programme_change_with_reason"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="programme_change_once", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.from_programme} to {self.to_programme}"
