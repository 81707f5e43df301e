"""The certificate page in words: the condition line by line, the papers there are, what may be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pathways.cases.queries.history import KnownFact, history_of, known_facts
from pathways.outcomes.kinds import PaperKind
from pathways.outcomes.letters.certificate import spaced
from pathways.outcomes.models import Certificate, Kind
from pathways.rules import PROGRESS_FACTS, STORED_FACTS
from pathways.web.desk.why_parts import ConditionRow, Conditions

if TYPE_CHECKING:
    import datetime as dt

    from pathways.cases.models import Case
    from pathways.outcomes.evaluating import Answer
    from pathways.web.desk.words import Words

STATES = {"issued": ("circle-check", False), "replaced": ("arrow-back-up", True), "revoked": ("circle-x", True)}


@dataclass(frozen=True, slots=True)
class Known:
    """What a condition was asked of: stored facts with their source, and progress."""

    values: Mapping[str, Any]
    facts: Mapping[str, KnownFact]


class ProgressConditions(Conditions):
    """Conditions that also look at progress: its value is shown as it is, and it comes from the courses."""

    def _sources(self, name: str) -> tuple[str, ...]:
        return (name,) if name in PROGRESS_FACTS else super()._sources(name)

    def _origins(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            if name in PROGRESS_FACTS:
                yield _("Courses and contract")
            else:
                yield from super()._origins((name,))


def condition_rows(case: Case, answer: Answer, words: Words, *, on: dt.date) -> list[ConditionRow]:
    """The condition of the certificate, node by node. One query."""
    if answer.condition is None:
        return []
    known = known_facts(history_of(case, until=on))
    stored = {name: getattr(case.facts, name) for name in STORED_FACTS}
    stored["obliged_since"] = stored["obliged_since"] or case.decision.obliged_since  # follows from the decision
    return ProgressConditions(Known({**stored, **answer.progress}, known), words).rows(answer.condition)  # type: ignore[arg-type]


def certificate_rows(certificates: list[Certificate], words: Words) -> list[dict[str, Any]]:
    """The papers that were given, newest first."""
    return [
        {
            "row": one,
            "title": words.text(one.title),
            "code": spaced(one.code),
            "icon": STATES[one.state][0],
            "over": STATES[one.state][1],
        }
        for one in certificates
    ]


def kind_title(kind: PaperKind, answer: Answer | None, words: Words) -> str:
    """What a paper is called: as the rule set says, else its kind."""
    if kind.title:
        return words.text(kind.title)
    if answer and answer.certificate:
        return words.text(answer.certificate.title)
    return str(Kind(kind.kind).label)
