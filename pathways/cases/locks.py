"""Row locks: who holds the row of a case may change its facts, its decision and the case itself."""

from __future__ import annotations

from collections.abc import Iterable

from pathways.base.arrays import among
from pathways.cases.models import Case


def lock_cases(ids: Iterable[int]) -> dict[int, Case]:
    """Lock these case rows until the transaction ends, lowest id first so that two batches never wait for each other.

    `FOR NO KEY UPDATE`: other writers of the case wait, rows that only point to the case (notes, views) do not.
    """
    return {
        case.pk: case for case in Case.objects.select_for_update(no_key=True).filter(pk__in=among(ids)).order_by("pk")
    }


def lock_case(case: Case) -> Case:
    """Lock one case and return it as it is now."""
    return lock_cases([case.pk])[case.pk]
