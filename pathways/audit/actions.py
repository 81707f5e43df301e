"""The writes of this floor: an act in the journal, a view in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from pathways.audit.models import JournalEntry, ViewEntry


def record_act(
    *,
    actor: AbstractBaseUser | None,
    act: str,
    case_id: int | None = None,
    subject: str = "",
    details: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """Write one act to the journal, in the transaction of the act itself.

    `actor` is None for the software's own acts. `act` is `<floor>.<verb_noun>`; `details` must hold no name or contact data.
    """
    return JournalEntry.objects.create(
        actor_id=actor.pk if actor else None, act=act, case_id=case_id, subject=subject, details=dict(details or {})
    )


def record_acts(
    *,
    actor: AbstractBaseUser | None,
    act: str,
    cases: Iterable[tuple[int, str]],
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write the same act on many cases, each (number, reference), with one statement for a thousand of them."""
    number = actor.pk if actor else None
    entries = [
        JournalEntry(actor_id=number, act=act, case_id=case_id, subject=subject, details=dict(details or {}))
        for case_id, subject in cases
    ]
    JournalEntry.objects.bulk_create(entries, batch_size=1000)


def record_view(*, actor: AbstractBaseUser, case_id: int, page: str, purpose: str) -> ViewEntry:
    """Log that `actor` looked at a page of a person's file."""
    return ViewEntry.objects.create(actor_id=actor.pk, case_id=case_id, page=page, purpose=purpose)
