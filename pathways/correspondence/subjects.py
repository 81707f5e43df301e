"""What a newcomer says is wrong, as an address names it: `fact:birth_date`, `identity:last_name`, `decision`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathways.cases.values import JsonValue, to_json
from pathways.correspondence.models import CorrectionRequest
from pathways.duties.queries import ledger
from pathways.people.actions import IDENTITY_FIELDS
from pathways.rules import DEADLINE_CODES, STORED_FACTS

if TYPE_CHECKING:
    from pathways.cases.models import Case

About = CorrectionRequest.About
IDENTITY = tuple(name for name in IDENTITY_FIELDS if name != "birth_date")
"""Parts of the identity that no fact repeats."""
_CODES = {
    About.FACT: tuple(STORED_FACTS),
    About.IDENTITY: IDENTITY,
    About.DEADLINE: DEADLINE_CODES,
    About.DECISION: ("",),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What is said to be wrong; the decision has no code."""

    about: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.about}:{self.code}" if self.code else self.about


def read_subject(text: str) -> Subject | None:
    """The subject that an address names; None where there is no such thing."""
    about, _colon, code = text.partition(":")
    if about not in About.values or code not in _CODES[About(about)]:
        return None
    return Subject(about, code)


def shown_now(case: Case, subject: Subject, *, on: dt.date) -> JsonValue:
    """What stands there today: a value, a last day, an outcome. The identity is kept with the person alone."""
    if subject.about == About.FACT:
        return to_json(getattr(case.facts, subject.code))
    if subject.about == About.DEADLINE:
        due = next((term.due_on for term in ledger(case=case, on=on) if term.code == subject.code), None)
        return to_json(due)
    if subject.about == About.DECISION:
        decision = getattr(case, "decision", None)
        return str(decision.outcome) if decision else None
    return None
