"""How a task is worded and where its act leads. The task itself is derived by `pathways.work`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.rules import FACTS
from pathways.web.names import fact_label, language_name, outcome_word

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

    from accounts.models import User
    from pathways.cases.models import Case
    from pathways.work.queries import Queue, Task

ACTS: dict[str, tuple[_StrPromise, str]] = {
    "move_region": (gettext_lazy("Guide the move"), "desk:case_move"),
    "answer_message": (gettext_lazy("Answer"), "desk:case_messages"),
    "answer_correction": (gettext_lazy("Look at it"), "desk:case_messages"),
    "accept_change": (gettext_lazy("Look at it"), "desk:case_messages"),
    "read_brief": (gettext_lazy("Read the brief"), "desk:case_move"),
    "answer_facts": (gettext_lazy("Record the fact"), "desk:why"),
    "choose_programme": (gettext_lazy("Record the choice"), "desk:choose_programme"),
    "send_invitation": (gettext_lazy("Write the invitation"), "desk:invitation"),
    "record_receipt": (gettext_lazy("Record the day"), "desk:record_notice"),
    "first_contact": (gettext_lazy("Record the contact"), "desk:record_first_contact"),
    "talk_today": (gettext_lazy("Look at the talk"), "desk:case_meetings"),
    "record_talk": (gettext_lazy("Record the talk"), "desk:case_meetings"),
    "see_own_talk": (gettext_lazy("Look at the talk"), "desk:case_meetings"),
    "book_first_contact": (gettext_lazy("Book the talk"), "desk:appointment_book"),
    "book_follow_up": (gettext_lazy("Book the talk"), "desk:case_meetings"),
    "paper_wanted": (gettext_lazy("Look at the papers"), "desk:case_meetings"),
    "paper_expires": (gettext_lazy("Look at the papers"), "desk:case_meetings"),
    "contract": (gettext_lazy("Make the contract"), "desk:case_contract"),
    "contract_offered": (gettext_lazy("Sign the contract"), "desk:case_contract"),
    "countersign_contract": (gettext_lazy("Sign the contract"), "desk:case_contract"),
    "decide_ground": (gettext_lazy("Decide"), "desk:case_terms"),
    "suspension_ends": (gettext_lazy("Look at the terms"), "desk:case_terms"),
    "completion": (gettext_lazy("Look at the terms"), "desk:case_terms"),
    "find_other_course": (gettext_lazy("Answer"), "desk:case_courses"),
    "accept_place": (gettext_lazy("Record the answer"), "desk:case_courses"),
    "confirm_trial": (gettext_lazy("Record the answer"), "desk:case_courses"),
    "enrol_in_course": (gettext_lazy("Find a course"), "desk:case_courses"),
    "issue_certificate": (gettext_lazy("Issue the certificate"), "desk:case_certificate"),
    "open_breach": (gettext_lazy("Look at the breach"), "desk:case_breach"),
    "open_breach_course": (gettext_lazy("Look at the breach"), "desk:case_breach"),
    "write_notice": (gettext_lazy("Open the file"), "desk:case_breach"),
    "read_answer": (gettext_lazy("Read the answer"), "desk:case_breach"),
    "decide_absence": (gettext_lazy("Decide"), "desk:case_progress"),
    "save_attendance": (gettext_lazy("Look at the attendance"), "desk:case_progress"),
    "plan_catch_up": (gettext_lazy("Plan how to catch up"), "desk:case_progress"),
    "confirm_correction": (gettext_lazy("Look at the correction"), "desk:case_progress"),
}
"""Cause to the words of its button and the route it leads to; any other leads to the case."""


@dataclass(frozen=True)
class TaskRow:
    """One line of the queue as the page shows it."""

    case: Case
    title: str
    because: str
    due_on: dt.date
    outcome: str
    language: str
    act: str
    act_href: str
    why_href: str
    why_text: str
    first: bool
    covered: str = ""
    """The absent colleague whose work it is."""


@dataclass(frozen=True)
class RowGroup:
    """Lines of one urgency, with the number there are in all."""

    title: str
    count: int
    tasks: list[TaskRow]


def task_row(task: Task, *, language: str, first: bool = False) -> TaskRow:
    """Words and addresses of one task in the reader's `language`."""
    case, decision = task.case, task.case.decision
    label, route = ACTS.get(task.cause.code, (gettext_lazy("Open the case"), "desk:case"))
    rule_set = decision.duty_rule_set
    return TaskRow(
        case=case,
        title=_title(task, language),
        because=_because(task),
        due_on=task.due_on,
        outcome=outcome_word(decision.outcome),
        language=language_name(case.person.contact_language, language),
        act=str(label),
        act_href=reverse(route, args=[case.reference]),
        why_href=reverse("desk:why", args=[case.reference]),
        why_text=_("Service rule") if task.cause.days and task.cause.code != "answer_facts" else _rule_text(rule_set),
        first=first,
    )


def _rule_text(rule_set: object) -> str:
    """The rule set behind a task, or that none was in force."""
    return str(rule_set) if rule_set else _("No rule set")


def _missing(task: Task, language: str) -> list[str]:
    """The names of the facts that would decide."""
    return [fact_label(name, language) for name in task.case.decision.missing or () if name in FACTS]


def _title(task: Task, language: str) -> str:
    """What to do: for an undecided case the question itself."""
    missing = _missing(task, language)
    if task.cause.code == "answer_facts" and missing:
        return _("Ask: %(facts)s") % {"facts": ", ".join(missing[:3])}
    return str(task.cause.title)


def _because(task: Task) -> str:
    """Why: for an undecided case the outcomes it can still have."""
    possible = [outcome_word(code) for code in task.case.decision.possible or ()]
    if task.cause.code == "answer_facts" and len(possible) > 1:
        return _("Decides between: %(outcomes)s.") % {"outcomes": ", ".join(possible)}
    return str(task.cause.because)


def queue_rows(queue: Queue, *, language: str, reader: User | None = None) -> list[RowGroup]:
    """The groups of a queue that have lines; only the very first line has the primary button.

    With `reader`, the work of a colleague for whom the reader stands in is marked with the name.
    """
    groups: list[RowGroup] = []
    first = True
    for group in queue.groups:
        rows = []
        for task in group.tasks:
            row = task_row(task, language=language, first=first)
            counselor = task.case.counselor
            rows.append(replace(row, covered=str(counselor)) if reader and counselor not in (None, reader) else row)
            first = False
        if rows:
            groups.append(RowGroup(str(group.title), group.count, rows))
    return groups
