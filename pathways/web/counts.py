"""Figures beside the menu. Each is kept for a minute per user, and asked anew after whatever the user does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.cache import cache

from pathways.publishing.queries import waiting_number
from pathways.work.queries import own_work_count

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from accounts.models import User

KEPT_SECONDS: Final = 60


KEYS: Final = ("counts", "releases")


def _key(user: User, name: str) -> str:
    return f"menu-{name}-{user.pk}"


def _kept(user: User, name: str, ask: Callable[[], int], on: dt.date) -> int:
    kept: tuple[dt.date, int] | None = cache.get(_key(user, name))
    if kept is None or kept[0] != on:
        kept = (on, ask())
        cache.set(_key(user, name), kept, KEPT_SECONDS)
    return kept[1]


def own_work(user: User, *, on: dt.date) -> int:
    """How many tasks of the user's own cases are overdue or due on day `on`."""
    return _kept(user, "counts", lambda: own_work_count(user, on=on), on)


def waiting_for_release(user: User, *, on: dt.date) -> int:
    """How many cases of the offices that the user leads wait for release, or to be looked at."""
    return _kept(user, "releases", lambda: waiting_number(user, on=on), on)


def forget_counts(user: User) -> None:
    """Ask anew next time: the user has done something."""
    cache.delete_many([_key(user, name) for name in KEYS])
