"""The writes of this floor: claiming a sending, remembering its answer, forgetting it after a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pathways.web.models import SentForm

if TYPE_CHECKING:
    from accounts.models import User

KEPT = dt.timedelta(days=1)


def claim_sending(*, actor: User, token: str, path: str) -> SentForm:
    """The row of this sending; with a location, its work was done. Waits for a transaction that is just doing it."""
    SentForm.objects.bulk_create([SentForm(user=actor, token=token, path=path[:300])], ignore_conflicts=True)
    return SentForm.objects.select_for_update().get(user=actor, token=token)


def keep_answer(*, claim: SentForm, location: str, header: str) -> None:
    """Remember the redirect that a sending was answered with; `header` if it was told to htmx."""
    claim.location, claim.header = location, header
    claim.save(update_fields=["location", "header"])


def drop_claim(*, claim: SentForm) -> None:
    """A sending that did no work (a form with errors) may be repeated."""
    claim.delete()


def forget_sent_forms(*, at: dt.datetime) -> int:
    """Forget sendings older than a day; how many."""
    number, _by_table = SentForm.objects.filter(at__lt=at - KEPT).delete()
    return number
