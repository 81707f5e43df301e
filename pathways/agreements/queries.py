"""Reads of contracts: the version in force, all versions of a case, and what is being prepared."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from pathways.agreements.models import PREPARED, ContractItem, ContractVersion, Signature, VersionQuerySet
from pathways.cases.models import Case

CONTENT = ("offered_paper__content", "sealed_paper__content")
"""The bytes of papers, which no page needs."""


def contract_in_force(case: Case) -> ContractVersion | None:
    """The version that binds now, with rule set, items and signatures; None without one. Three queries."""
    return _whole().in_force().filter(contract__case=case).first()


def versions_of(case: Case) -> list[ContractVersion]:
    """All versions of the contract of a case, the newest first. Three queries."""
    return list(_whole().filter(contract__case=case).order_by("-number"))


def _whole(*, signatures: bool = True) -> VersionQuerySet:
    """Versions with what is shown of them; papers without their bytes."""
    found = (
        ContractVersion.objects.select_related("rule_set", "offered_paper", "sealed_paper", "created_by")
        .defer("rule_set__content", *CONTENT)
        .prefetch_related(Prefetch("items", ContractItem.objects.order_by("position")))
    )
    if not signatures:
        return found
    return found.prefetch_related(Prefetch("signatures", Signature.objects.select_related("signed_by").order_by("pk")))


@dataclass(frozen=True)
class ContractState:
    """The contract of a case as a page shows it."""

    versions: tuple[ContractVersion, ...]

    @property
    def in_force(self) -> ContractVersion | None:
        """The version that binds now."""
        return next((one for one in self.versions if one.state == ContractVersion.State.SIGNED), None)

    @property
    def prepared(self) -> ContractVersion | None:
        """The version being written or waiting to be signed."""
        return next((one for one in self.versions if one.state in PREPARED), None)

    def before(self, version: ContractVersion) -> ContractVersion | None:
        """The version that was in force before this one: what its differences are told against."""
        signed = (one for one in self.versions if one.signed_on and one.number < version.number)
        return max(signed, key=lambda one: one.number, default=None)


def contract_of(case: Case, *, with_signatures: bool = True) -> ContractState:
    """The contract with all its versions. Three queries, without signatures two."""
    if with_signatures:
        return ContractState(tuple(versions_of(case)))
    versions = _whole(signatures=False).filter(contract__case=case).order_by("-number")
    return ContractState(tuple(versions))
