"""Reads of breach files: the procedure under the rule set of a file, its clock, the queue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from pathways.cases.deciding import rule_set_by_id
from pathways.cases.models import Case
from pathways.outcomes.models import BreachAnswer, BreachAnswerPaper, BreachFile, BreachStep, BreachTerm, CloseReason
from pathways.outcomes.procedure import KEEPS_CLOCK, Act, Clock, Procedure, Refusal, State, possible_acts, procedure_of


def procedure_of_file(file: BreachFile) -> Procedure:
    """The procedure under the rule set that the file was opened under."""
    rule_set = rule_set_by_id(file.rule_set_id)
    assert rule_set is not None
    return procedure_of(rule_set.sanctions)


def clock_of(steps: Sequence[BreachStep]) -> Clock | None:
    """The term that runs: of the last step, or of the one before while its clock runs on; None where it gave none."""
    last = next((step for step in reversed(steps) if Act(step.act) not in KEEPS_CLOCK), None)
    if last is None or not last.length:
        return None
    return Clock(last.starts_on, last.ends_on)


def earlier_fines(file: BreachFile) -> int:
    """How many fines this person got before, in whatever case; annulled ones do not count. One query."""
    files = BreachFile.objects.filter(case__person=file.case.person_id, amount__isnull=False)
    return files.exclude(pk=file.pk).exclude(close_reason=CloseReason.ANNULLED).count()


@dataclass(frozen=True, slots=True)
class FileState:
    """A file with all that its page shows. `acts`: what may follow, each with what stands in its way."""

    file: BreachFile
    procedure: Procedure
    steps: list[BreachStep]
    terms: Mapping[str, BreachTerm]
    clock: Clock | None
    acts: Mapping[Act, Refusal | None]
    repetition: int


def file_state(file: BreachFile, *, on: dt.date) -> FileState:
    """Everything about one file. Three queries."""
    procedure = procedure_of_file(file)
    rows = file.steps.select_related("by", "letter__document", "document")
    steps = list(rows.defer("document__content", "letter__document__content").order_by("number"))
    clock = clock_of(steps)
    return FileState(
        file=file,
        procedure=procedure,
        steps=steps,
        terms={term.stage: term for term in file.terms.select_related("decided_by")},
        clock=clock,
        acts=possible_acts(procedure, State(file.state), clock=clock, on=on),
        repetition=file.repetition if file.decided_on else earlier_fines(file),
    )


def files_of(case: Case) -> list[BreachFile]:
    """The files of a case, the newest first. One query."""
    return list(BreachFile.objects.filter(case=case).select_related("opened_by", "rule_set").defer("rule_set__content"))


def answers_of(file: BreachFile) -> list[BreachAnswer]:
    """What the person has sent in this file, with the papers but not their bytes, in order. Two queries."""
    papers = BreachAnswerPaper.objects.select_related("document").defer("document__content").order_by("pk")
    found = BreachAnswer.objects.filter(file=file).select_related("by", "read_by").order_by("pk")
    return list(found.prefetch_related(Prefetch("papers", papers)))
