"""Who else must hear that facts changed: floors above the cases register here, and act in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from pathways.cases.values import Facts

if TYPE_CHECKING:
    from accounts.models import User


class Follower(Protocol):
    """Told after the cases were decided; `changes` has the facts that changed, by case number."""

    def __call__(self, *, actor: User | None, changes: Mapping[int, Facts], on: dt.date) -> None:
        """Follow these changes of day `on`."""


_FOLLOWERS: list[Follower] = []


def follow_facts(follower: Follower) -> Follower:
    """Register a function that is called whenever facts of cases were recorded. What it raises undoes the recording."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)
    return follower


def tell_followers(*, actor: User | None, changes: Mapping[int, Facts], on: dt.date) -> None:
    """Let everybody registered follow these changes."""
    for follower in _FOLLOWERS:
        follower(actor=actor, changes=changes, on=on)
