"""What a teacher found: a test, a level. A level of the language taught becomes a fact of the case."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.attendance.models import Result
from pathways.audit.actions import record_act
from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case, Facts, Source
from pathways.courses.models import Enrolment
from pathways.rules import LEVELS, STORED_FACTS

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def record_result(
    *, actor: User | None, enrolment: Enrolment, kind: str, level: str = "", passed: bool = True, on: dt.date
) -> Result:
    """Record a test or a level reached on day `on`. The same result sent twice is kept once; its verdict may change.

    A level passed that is higher than the one known is recorded as a fact, and the case is decided again.
    """
    if kind not in Result.Kind.values or level not in ("", *LEVELS) or (kind == Result.Kind.LEVEL and not level):
        raise ActRefused(_("A result is a test, or a level that was reached."))
    case = lock_case(Case(pk=enrolment.case_id))
    result, created = Result.objects.get_or_create(
        enrolment=enrolment, kind=kind, level=level, on=on, defaults={"passed": passed, "recorded_by": actor}
    )
    if not created and result.passed == passed:
        return result
    if not created:
        result.passed, result.recorded_by = passed, actor
        result.save(update_fields=["passed", "recorded_by"])
    details = {"kind": kind, "level": level, "passed": passed, "on": on.isoformat()}
    record_act(actor=actor, act="attendance.record_result", case_id=case.pk, details=details)
    if passed and level and case.closed_on is None:
        _raise_level(actor, case, enrolment, level, on)
    return result


def _raise_level(actor: User | None, case: Case, enrolment: Enrolment, level: str, on: dt.date) -> None:
    course = enrolment.course
    fact = f"level_{course.language}"
    if course.component != "language" or fact not in STORED_FACTS:
        return
    known = getattr(Facts.objects.get(pk=case.pk), fact)
    if known is None or LEVELS.index(level) > LEVELS.index(known):
        record_facts(
            actor=actor, case=case, facts={fact: level}, source=Source.PARTNER, evidence=course.title[:200],
            valid_since=on, on=on, act="attendance.record_level",
        )  # fmt: skip
