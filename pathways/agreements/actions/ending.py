"""Ending a contract: with a reason; what is being prepared is set aside with it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.agreements.actions.drafting import withdraw
from pathways.agreements.actions.locking import expect_state, locked_version
from pathways.agreements.models import ContractVersion, EndReason
from pathways.audit.actions import record_act
from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.models import Source

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.cases.models import Case


def end_contract(
    *, actor: User | None, version: ContractVersion, reason: str, note: str = "", on: dt.date
) -> ContractVersion:
    """End the version in force on day `on`. Twice is once.

    One that was signed by mistake never dated the contract: the fact is cleared, unless it amended an earlier one.
    """
    if reason not in EndReason.values:
        raise ActRefused(_("Choose why the contract ends."))
    with transaction.atomic():
        case, version = locked_version(version)
        if version.state == ContractVersion.State.ENDED and version.end_reason == reason:
            return version
        expect_state(version, ContractVersion.State.SIGNED)
        if version.signed_on and on < version.signed_on:
            raise ActRefused(_("A contract cannot end before it was signed. Correct the day."))
        for prepared in ContractVersion.objects.in_preparation().filter(contract=version.contract):
            withdraw(actor, case, prepared, on)
        version.state, version.over_on = ContractVersion.State.ENDED, on
        version.end_reason, version.end_note = reason, note.strip()
        version.save(update_fields=["state", "over_on", "end_reason", "end_note"])
        details = {"version": version.number, "reason": reason, "on": str(on)}
        record_act(actor=actor, act="agreements.end_contract", case_id=case.pk, subject=case.reference, details=details)
        if reason == EndReason.MISTAKE:
            _undo_date(actor, case, version, on)
    return version


def _undo_date(actor: User | None, case: Case, version: ContractVersion, on: dt.date) -> None:
    amended = version.contract.versions.filter(state=ContractVersion.State.SUPERSEDED).exists()
    if not amended and case.facts.contract_signed_on == version.signed_on:
        record_facts(actor=actor, case=case, facts={"contract_signed_on": None}, source=Source.OFFICE, on=on)
