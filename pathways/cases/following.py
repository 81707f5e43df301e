"""Who else must hear that facts changed or a case closed: floors above the cases register here, and act in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pathways.cases.values import Facts

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.cases.models import Case


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


@dataclass(frozen=True, slots=True)
class NewRegion:
    """A municipality in another region than that of the case; `since` is the day from which the person lives there."""

    municipality: str
    since: dt.date | None


class Mover(Protocol):
    """Told of people whose pathway has begun and who now live in another region; their cases stay where they are."""

    def __call__(
        self, *, actor: User | None, cases: Mapping[Case, NewRegion], source: str, evidence: str, on: dt.date
    ) -> None:
        """Begin what a move asks for."""


_MOVERS: list[Mover] = []


def follow_new_region(mover: Mover) -> Mover:
    """Register a function that is called when an address in another region becomes known. It takes the place of the fact."""
    if mover not in _MOVERS:
        _MOVERS.append(mover)
    return mover


def tell_movers(
    *, actor: User | None, cases: Mapping[Case, NewRegion], source: str, evidence: str, on: dt.date
) -> None:
    """Let everybody registered begin these moves."""
    for mover in _MOVERS if cases else ():
        mover(actor=actor, cases=cases, source=source, evidence=evidence, on=on)


class Closer(Protocol):
    """Told of a case that was just closed for a reason (`CloseReason`)."""

    def __call__(self, *, actor: User | None, case: Case, reason: str, on: dt.date) -> None:
        """End what ends with the case."""


_CLOSERS: list[Closer] = []


def follow_closing(closer: Closer) -> Closer:
    """Register a function that is called when a case is closed, in the same transaction."""
    if closer not in _CLOSERS:
        _CLOSERS.append(closer)
    return closer


def tell_closers(*, actor: User | None, case: Case, reason: str, on: dt.date) -> None:
    """Let everybody registered end what ends with this case."""
    for closer in _CLOSERS:
        closer(actor=actor, case=case, reason=reason, on=on)
