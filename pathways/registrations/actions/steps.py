"""What every act on a list needs: its journal entry, its next state, its counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from pathways.audit.actions import record_act
from pathways.registrations.models import ListImport

if TYPE_CHECKING:
    from accounts.models import User

State = ListImport.State
Progress = Callable[[ListImport], None]


class ListRefused(Exception):  # noqa: N818  named by what it is
    """The list is not in a state that allows this act."""


def journal(actor: User | None, act: str, list_import: ListImport, *, on: dt.date, **details: object) -> None:
    """Write an act on this list to the journal."""
    record_act(
        actor=actor,
        act=f"registrations.{act}",
        subject=str(list_import.public_id),
        details={"on": on.isoformat(), **details},
    )


def move(list_import: ListImport, state: ListImport.State, **values: object) -> None:
    """Give the list a new state, unless somebody has cancelled it meanwhile."""
    list_import.state = state
    for name, value in values.items():
        setattr(list_import, name, value)
    ListImport.objects.filter(pk=list_import.pk).exclude(state=State.CANCELLED).update(state=state, **values)


def fail(list_import: ListImport, code: str, **params: object) -> None:
    """Stop the list and keep why."""
    move(list_import, State.FAILED, failure={"code": code, "params": params}, heartbeat_at=None)


def add_counts(list_import: ListImport, counts: dict[str, int]) -> None:
    """Add to the numbers of rows per state."""
    for state, count in counts.items():
        if count:
            list_import.counts[state] = list_import.counts.get(state, 0) + count
