"""Certificates and the proof that each rests on.

A proof is written by the statement that evaluates the rules, over the facts as they stand in the same transaction. The
database takes a certificate only with such a proof, or, where the rule set has no condition, with a team lead's reason.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.documents.models import Document
from pathways.programmes.models import Office, RuleSet


class Kind(models.TextChoices):
    """What is certified; which kinds a programme has stands in `kinds.yaml`."""

    CERTIFICATE = "certificate", _("Certificate")
    ATTENDANCE = "attendance_certificate", _("Attendance certificate")
    EFFORT = "declaration_of_effort", _("Declaration of effort")


class Proof(models.Model):
    """What the rules said of a case on a day, with everything it was said of. `has_condition` false: they say nothing."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proofs")
    on = models.DateField()
    duty_rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    rule_set_hash = models.CharField(max_length=64)
    facts = models.JSONField()
    progress = models.JSONField()
    has_condition = models.BooleanField()
    truth = models.BooleanField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    transaction = models.BigIntegerField(editable=False, help_text="That wrote it: a trigger fills this in.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(has_condition=True) | Q(truth__isnull=True), name="proof_truth_of_condition"
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="proof_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="proof_of_transaction",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="NEW.transaction := pg_current_xact_id()::text::bigint; RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.on}: {self.truth}"


def _refuse(name: str, message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


_REPLACES = """SELECT * INTO old FROM outcomes_certificate WHERE id = NEW.replaces_id;
        IF old.case_id <> NEW.case_id OR old.proof_id <> NEW.proof_id OR old.kind <> NEW.kind OR old.state <> 'replaced' THEN"""
HAS_PROOF = pgtrigger.Trigger(
    name="certificate_has_proof",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("proof", "outcomes_proof%ROWTYPE"), ("old", "outcomes_certificate%ROWTYPE")],
    func=f"""
    SELECT * INTO proof FROM outcomes_proof WHERE id = NEW.proof_id;
    IF proof.case_id <> NEW.case_id OR proof.rule_set_id <> NEW.rule_set_id
        OR proof.rule_set_hash <> (SELECT content_hash FROM programmes_ruleset WHERE id = NEW.rule_set_id) THEN
        {_refuse("certificate_proof_of_case", "The proof is of another case or another rule set.")}
    END IF;
    IF NEW.kind = 'declaration_of_effort' OR NOT proof.has_condition THEN
        IF NEW.assessment = '' THEN
            {_refuse("certificate_condition_holds", "The rules have no condition for this, and nobody says why it is issued.")}
        END IF;
    ELSIF proof.truth IS DISTINCT FROM true THEN
        {_refuse("certificate_condition_holds", "The condition of the certificate does not hold.")}
    END IF;
    IF NEW.replaces_id IS NOT NULL THEN
        {_REPLACES}
            {_refuse("certificate_replaces", "A replacement rests on the proof of what it replaces.")}
        END IF;
    ELSIF proof.transaction <> pg_current_xact_id()::text::bigint
        OR proof.facts <> (SELECT to_jsonb(f) FROM cases_facts f WHERE f.case_id = NEW.case_id)
        OR proof.rule_set_id <> (SELECT trajectory_rule_set_id FROM cases_decision WHERE case_id = NEW.case_id) THEN
        {_refuse("certificate_proof_is_of_now", "The proof was not made just now, of the facts and rules of the case.")}
    END IF;
    RETURN NEW;""",  # noqa: S608  constants
)
"""Of a certificate: the condition of the pinned rule set holds over the facts of this moment."""


class CertificateSeries(models.Model):
    """The last number an office has given in a year: numbers follow each other without a gap."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "certificate series"
        constraints: ClassVar = [models.UniqueConstraint(fields=["office", "year"], name="certificate_series_once")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.year}: {self.last}"


class Certificate(models.Model):
    """A certificate as it was given. What anyone may check (`code`) needs no look at the person: it is repeated here."""

    class State(models.TextChoices):
        """Life of a certificate."""

        ISSUED = "issued", _("Issued")
        REPLACED = "replaced", _("Replaced")
        REVOKED = "revoked", _("Revoked")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=30, unique=True)
    code = models.CharField(_("code"), max_length=16, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    programme = models.CharField(_("programme"), max_length=40)
    title = models.JSONField(help_text="The name of the paper by language, as the rule set has it.")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="certificates")
    assessment = models.TextField(_("reason"), max_length=1000, blank=True)
    components = models.JSONField(help_text="[{code, title by language, detail}] as on the paper.")
    initials = models.CharField(max_length=20)
    birth_year = models.PositiveSmallIntegerField(null=True)
    issued_on = models.DateField(_("issued"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at_office = models.CharField(max_length=200)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="certificate")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ISSUED)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replacement")
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(state="issued"),
                name="certificate_in_force_once",
                violation_error_message=_("This person already has this certificate."),
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="certificate_kind"),
            models.CheckConstraint(condition=Q(state__in=["issued", "replaced", "revoked"]), name="certificate_state"),
            models.CheckConstraint(
                condition=Q(state="issued", ended_on__isnull=True, end_reason="")
                | (Q(state__in=["replaced", "revoked"], ended_on__isnull=False) & ~Q(end_reason="")),
                name="certificate_end_has_reason",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="certificate_sha256"),
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z0-9]{12}$"), name="certificate_code"),
        ]
        triggers: ClassVar = [
            HAS_PROOF,
            pgtrigger.FSM(
                name="certificate_passages", field="state", transitions=[("issued", "replaced"), ("issued", "revoked")]
            ),
            pgtrigger.ReadOnly(name="certificate_unchanged", exclude=["state", "ended_on", "ended_by", "end_reason"]),
            pgtrigger.Protect(name="certificate_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number


class Readiness(models.Model):
    """Whether the condition of the certificate held when it was last looked at: the task in the queue reads this."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="readiness")
    since = models.DateField(help_text="The day on which it was first found to hold.")

    class Meta:
        verbose_name_plural = "readiness"

    def __str__(self) -> str:
        return f"{self.case_id} since {self.since}"
