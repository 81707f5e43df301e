"""What a draft must pass before it is proposed: each gate is open or shut, and says what is still to do.

Nothing here is a matter of taste: a draft that passes all of them may still be sent back by the second person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathways.previews.examples import FEWEST, run
from pathways.previews.queries import fresh_preview_read_by
from pathways.programmes.models import RuleSet
from pathways.programmes.queries.own_facts import own_facts_of_line
from pathways.rules import Problem, RuleSetError, parse_rule_set
from pathways.rules import RuleSet as Document

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.rules import ExampleResult

GateCode = Literal["form", "facts", "examples", "outcomes", "preview"]


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: whether it is open, what it says in short, and each thing that is still to do."""

    code: GateCode
    passed: bool
    summary: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gates:
    """All gates of a draft for the person who would propose it. `document` is None where its form is faulty."""

    gates: tuple[Gate, ...]
    document: Document | None
    failing: int = 0
    """Examples that come out otherwise than they say."""

    @property
    def open(self) -> bool:
        """Whether the draft may be proposed."""
        return all(gate.passed for gate in self.gates)

    def gate(self, code: GateCode) -> Gate | None:
        """The gate of that code; None where the form was too faulty to ask it."""
        return next((gate for gate in self.gates if gate.code == code), None)


def gates_of(rule_set: RuleSet, *, proposer: User) -> Gates:
    """Every gate of a draft. The examples are decided by the database, once for each state of the document."""
    try:
        document = parse_rule_set(rule_set.content)
    except RuleSetError as error:
        return Gates((_form(error.problems), _preview(rule_set, proposer)), None)
    results = run(document).results
    gates = (
        _form(()),
        *_own_facts(document),
        _examples(results),
        _outcomes(document, results),
        _preview(rule_set, proposer),
    )
    return Gates(gates, document, sum(not result.passed for result in results))


def _form(problems: Sequence[Problem]) -> Gate:
    if not problems:
        return Gate("form", True, _("Complete"))
    count = len(problems)
    summary = ngettext("%(count)d fault", "%(count)d faults", count) % {"count": count}
    return Gate("form", False, summary, tuple(map(str, problems[:20])))


def _own_facts(document: Document) -> Iterable[Gate]:
    """Own facts are what the administrator made of them; the gate is asked of documents that use some."""
    if not document.facts:
        return
    known = {row.code: row for row in own_facts_of_line(document.line)}
    faults = []
    for fact in document.facts:
        row = known.get(fact.code)
        if row is None:
            faults.append(_("No programme of this line has the fact %(code)s.") % {"code": fact.code})
        elif not _agrees(fact, row.fact):
            faults.append(_("The fact %(code)s is defined otherwise by its programme.") % {"code": fact.code})
    yield Gate(
        "facts", not faults, _("As the programme has them") if not faults else _("Not as defined"), tuple(faults)
    )


def _agrees(fact: object, known: object) -> bool:
    same = ("type", "choices", "blank", "default", "recorded_by")
    mine = fact.fact  # type: ignore[attr-defined]
    return all(getattr(mine, name) == getattr(known, name) for name in same)


def _examples(results: Sequence[ExampleResult]) -> Gate:
    failing = [result.example.name for result in results if not result.passed]
    numbers = {"failing": len(failing), "all": len(results)}
    if failing:
        return Gate("examples", False, _("%(failing)d of %(all)d fail") % numbers, tuple(failing))
    if len(results) < FEWEST:
        least = _("At least %(least)d are needed.") % {"least": FEWEST}
        return Gate("examples", False, _("%(all)d pass, too few") % numbers, (least,))
    return Gate("examples", True, _("%(all)d pass") % numbers)


def _outcomes(document: Document, results: Sequence[ExampleResult]) -> Gate:
    """Every outcome that a status can give is reached by an example that comes out."""
    reached = {result.outcome for result in results if result.passed}
    missing = [one for one in dict.fromkeys(status.outcome for status in document.statuses) if one not in reached]
    if not missing:
        return Gate("outcomes", True, _("Each has an example"))
    return Gate("outcomes", False, _("Some have no example"), tuple(missing))


def _preview(rule_set: RuleSet, proposer: User) -> Gate:
    preview = fresh_preview_read_by(rule_set, proposer)
    if preview is None:
        return Gate(
            "preview", False, _("Not read yet"), (_("Make a preview of this draft as it is now, and read it."),)
        )
    return Gate("preview", True, _("Read"))
