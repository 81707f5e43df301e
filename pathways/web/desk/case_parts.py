"""The parts of a case page in words: pathway stops and facts by group. Terms are worded in `desk/terms`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pathways.rules import GROUP_LABELS
from pathways.web.desk.words import Words, recordable

if TYPE_CHECKING:
    import datetime as dt

    from pathways.cases.models import Case
    from pathways.cases.queries import CaseOverview, FactLine, Stop
    from pathways.rules import RuleSet


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as a page shows it; `record` is the address of its form, "" for one that follows from others."""

    name: str
    label: str
    value: str
    source: str
    since: dt.date | None
    on: dt.date | None
    by: str
    evidence: str
    missing: bool
    record: str


@dataclass(frozen=True, slots=True)
class FactTable:
    """A group of facts: what is recorded, and what is not."""

    code: str
    title: str
    known: list[FactRow]
    blank: list[FactRow]


def stop_rows(stops: list[Stop], case: Case, trajectory: RuleSet | None, words: Words) -> list[dict[str, Any]]:
    """The pathway line as its component draws it; each stop leads to its reasons."""
    why = reverse("desk:why", args=[case.reference])
    return [
        {
            "title": _stop_title(stop, trajectory, words),
            "state": "later" if case.closed_on and stop.state in ("here", "next") else stop.state,
            "lines": list(_stop_lines(stop, words)),
            "href": f"{why}#component-{stop.code}" if stop.component else "",
        }
        for stop in stops
    ]


def _stop_title(stop: Stop, trajectory: RuleSet | None, words: Words) -> str:
    if stop.component:
        return words.text(stop.component.title)
    certificate = trajectory.certificate if trajectory else None
    return words.text(certificate.title) if certificate else _("Certificate")


def _stop_lines(stop: Stop, words: Words) -> list[str]:
    lines = [_("Done %(date)s") % {"date": words.date(stop.reached_on)}] if stop.reached_on else []
    if stop.requirement == "offered":
        lines.append(_("Offered, not required"))
    elif stop.requirement == "undecided":
        lines.append(_("Not known if required"))
    if stop.component:
        size = component_size(stop.component.planned_hours, stop.component.target_level)
        lines += [size] if size else []
    return lines


def component_size(hours: float | None, level: str | None) -> str:
    """How long a component takes and where it leads: "150 h, to A2"."""
    parts = [_("%(hours)g h") % {"hours": hours}] if hours else []
    parts += [_("to level %(level)s") % {"level": level}] if level else []
    return ", ".join(parts)


def fact_tables(overview: CaseOverview, words: Words, *, may_record: bool) -> list[FactTable]:
    """The facts by group, those that would decide an undecided case marked."""
    missing = set(overview.decision.missing or ()) if overview.decision else set()
    tables = []
    for group in overview.facts:
        rows = [_fact(line, overview.case, words, missing, may_record) for line in group.facts]
        known = [row for row, line in zip(rows, group.facts, strict=True) if line.value is not None or row.missing]
        hidden = {line.fact.name for line in group.facts if not line.fact.recordable}
        blank = [row for row in rows if row not in known and row.name not in hidden]
        tables.append(FactTable(group.code, words.text(GROUP_LABELS[group.code]), known, blank))
    return tables


def _fact(line: FactLine, case: Case, words: Words, missing: set[str], may_record: bool) -> FactRow:
    name, known = line.fact.name, line.known
    address = f"{reverse('desk:record_fact', args=[case.reference])}?fact={recordable(name)}"
    return FactRow(
        name=name,
        label=words.fact(name),
        value=words.shown(name, line.value),
        source=words.source(known.source) if known else "",
        since=known.valid_since if known else None,
        on=known.on if known else None,
        by=known.by if known else "",
        evidence=known.evidence if known else "",
        missing=name in missing,
        record=address if may_record and line.fact.recordable and not line.fact.derived else "",
    )
