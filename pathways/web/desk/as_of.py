"""A case on two dates: what held on one day, by what was known on another, beside what is known today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.cases.queries import Reading, TwoReadings, two_readings
from pathways.rules import DEADLINE_LABELS, STORED_FACTS
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case
from pathways.web.names import outcome_word

if TYPE_CHECKING:
    from pathways.cases.queries import KnownFact


@dataclass(frozen=True, slots=True)
class Said:
    """What was recorded about a fact, in words: value, source with evidence, and the day of recording."""

    value: str
    source: str
    since: dt.date | None
    on: dt.date


@dataclass(frozen=True, slots=True)
class FactPair:
    """A fact as known then and as known now; None where nothing was recorded."""

    label: str
    then: Said | None
    now: Said | None
    differs: bool


@require_safe
@desk_page
def case_as_of(request: StaffRequest, reference: str) -> HttpResponse:
    """The page; days that are missing or lie ahead become today."""
    case = get_case(request, reference, page="as_of")
    words = Words(get_language() or "en")
    held_on, problems = _day(request, "held")
    known_on, more = _day(request, "known")
    readings = two_readings(case=case, held_on=held_on, known_on=known_on, on=request.today)
    context = {
        "case": case,
        "tab": "desk:case",
        "on": request.today,
        "held_on": held_on,
        "known_on": known_on,
        "problems": {**problems, **more},
        "readings": readings,
        "then": _verdict(readings.then, words),
        "now": _verdict(readings.now, words),
        "same": known_on == request.today,
        "record": readings.record,
        "record_outcome": outcome_word(readings.record.outcome) if readings.record else "",
        "receipt": bytes(readings.record.receipt).hex() if readings.record else "",
        "facts": _facts(readings, words),
    }
    return render(request, "desk/case/as_of.html", context)


def _day(request: StaffRequest, name: str) -> tuple[dt.date, dict[str, str]]:
    """The day asked for, or today, and what was wrong with it."""
    text = request.GET.get(name, "").strip()
    if not text:
        return request.today, {}
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return request.today, {name: _("This is not a date. Write it as year, month and day: 2026-03-17.")}
    if day > request.today:
        return request.today, {name: _("This day lies ahead. Choose today or an earlier day.")}
    return day, {}


def _verdict(reading: Reading, words: Words) -> dict[str, Any]:
    """One reading in words."""
    result = reading.result
    return {
        "outcome": result.outcome,
        "rule": words.rule(reading.duty, result.rule) if result.rule else "",
        "law": words.law(reading.rule.law) if reading.rule else None,
        "rule_set": words.text(reading.duty.title) if reading.duty else "",
        "possible": [outcome_word(code).lower() for code in result.possible or ()],
        "missing": [words.fact(name) for name in result.missing or ()],
        "deadlines": [
            {"title": words.text(DEADLINE_LABELS[line.rule.code]), "due_on": line.due_on}
            for line in reading.deadlines
            if line.due_on
        ],
    }


def _facts(readings: TwoReadings, words: Words) -> list[FactPair]:
    """Every fact that either reading knows, those that differ first."""
    order = {name: place for place, name in enumerate(STORED_FACTS)}
    names = sorted({*readings.then.facts, *readings.now.facts}, key=lambda name: order.get(name, len(order)))
    changed = set(readings.changed)
    rows = [
        FactPair(
            words.fact(name),
            _said(name, readings.then.facts.get(name), words),
            _said(name, readings.now.facts.get(name), words),
            name in changed,
        )
        for name in names
    ]
    return sorted(rows, key=lambda row: not row.differs)


def _said(name: str, known: KnownFact | None, words: Words) -> Said | None:
    if known is None or known.value is None:
        return None
    source = words.source(known.source)
    return Said(
        value=words.value(name, known.value),
        source=f"{source}, {known.evidence}" if known.evidence else source,
        since=known.valid_since,
        on=known.on,
    )
