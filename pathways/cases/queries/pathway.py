"""The pathway line: the components a decision asks for, and how far the recorded acts have brought the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from pathways.rules import Component, RuleSet, read_components

State = Literal["done", "here", "next", "later"]
CERTIFICATE: Final = "certificate"

_ACT: Final[Mapping[str, str]] = {
    "first_contact": "office_registered_on",
    "contract": "contract_signed_on",
    CERTIFICATE: "certified_on",
}
"""The fact that says when a stop was reached."""
_BEFORE_CONTRACT: Final = ("social_assessment", "rights_and_duties")
"""Stops without an act of their own that lie behind whoever has signed."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the line. `component` is None for the certificate at its end; `reached_on` may be unknown when done."""

    code: str
    component: Component | None
    requirement: str
    state: State
    reached_on: dt.date | None


def pathway_stops(*, trajectory: RuleSet | None, components: int, facts: Mapping[str, Any]) -> list[Stop]:
    """The stops in order: those that are required, offered or not yet known, and the certificate at the end."""
    asked = list(_asked(trajectory, components))
    done = [_is_done(code, facts) for code, _component, _requirement in asked]
    ahead = iter(("here", "next"))
    return [
        Stop(code, component, requirement, "done" if reached else next(ahead, "later"), _reached_on(code, facts))  # type: ignore[arg-type]
        for (code, component, requirement), reached in zip(asked, done, strict=True)
    ]


def _asked(trajectory: RuleSet | None, components: int) -> Iterator[tuple[str, Component | None, str]]:
    if trajectory is None:
        return
    required = read_components(components)
    asked = [part for part in trajectory.components if required[part.code] != "none"]
    for part in asked:
        yield part.code, part, required[part.code]
    if asked and trajectory.certificate:
        yield CERTIFICATE, None, "required"


def _reached_on(code: str, facts: Mapping[str, Any]) -> dt.date | None:
    return facts.get(_ACT[code]) if code in _ACT else None


def _is_done(code: str, facts: Mapping[str, Any]) -> bool:
    if facts.get("certified_on") or _reached_on(code, facts):
        return True
    return code in _BEFORE_CONTRACT and facts.get("contract_signed_on") is not None
