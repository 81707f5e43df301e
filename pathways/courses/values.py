"""Small values of this floor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Needs:
    """What a person needs in order to come."""

    childcare: bool = False
    transport: bool = False
    evening: bool = False
