"""One at a time: every act on a contract holds the row of its case, and then looks at what is there now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pathways.agreements.models import ContractVersion
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case


def locked_case(case: Case) -> Case:
    """The case as it is now, with all that a contract states, held until the transaction ends."""
    lock_case(case)
    fresh = Case.objects.select_related("person", "office", "counselor", "facts", "decision").get(pk=case.pk)
    if fresh.closed_on:
        raise ActRefused(_("The case is closed."))
    if fresh.office is None:
        raise ActRefused(_("This case has no office yet. Choose one first."))
    return fresh


def locked_version(version: ContractVersion) -> tuple[Case, ContractVersion]:
    """The version and its case as they are now, held."""
    case = locked_case(Case.objects.get(contract__versions=version.pk))
    return case, ContractVersion.objects.select_related("contract").get(pk=version.pk)


def expect_state(version: ContractVersion, *states: str) -> None:
    """Refuse an act on a version that has moved on since, and say where it is."""
    if version.state not in states:
        label = ContractVersion.State(version.state).label
        message = _("Version %(number)d is in another state by now: %(state)s. Look at the contract again.")
        raise ActRefused(message % {"number": version.number, "state": str(label).lower()})


def expect_revision(version: ContractVersion, revision: int) -> None:
    """Refuse to write over what somebody else has written since."""
    if version.revision != revision:
        message = _("Somebody else has changed this draft in the meantime. Nothing was overwritten.")
        raise ActRefused(f"{message} {_('Open it again and enter your change there.')}")
