"""Figures beside the menu. Each is kept for a minute per user, and asked anew after whatever the user does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.cache import cache

from pathways.work.queries import own_work_count

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User

KEPT_SECONDS: Final = 60


def _key(user: User) -> str:
    return f"menu-counts-{user.pk}"


def own_work(user: User, *, on: dt.date) -> int:
    """How many tasks of the user's own cases are overdue or due on day `on`."""
    kept: tuple[dt.date, int] | None = cache.get(_key(user))
    if kept is None or kept[0] != on:
        kept = (on, own_work_count(user, on=on))
        cache.set(_key(user), kept, KEPT_SECONDS)
    return kept[1]


def forget_counts(user: User) -> None:
    """Ask anew next time: the user has done something."""
    cache.delete(_key(user))
