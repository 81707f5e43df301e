"""The parts of a case page in words: pathway stops, deadlines with how their dates came about, facts by group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pathways.rules import GROUP_LABELS
from pathways.web.desk.words import LawLine, Words, recordable

if TYPE_CHECKING:
    import datetime as dt

    from pathways.cases.models import Case
    from pathways.cases.queries import CaseOverview, DeadlineLine, FactLine, Stop
    from pathways.rules import RuleSet


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline with everything that made its date: each reason a label, a text, and a law where it has one."""

    code: str
    title: str
    state: str
    due_on: dt.date | None
    ended_on: dt.date | None
    brief: str
    then: str
    law: LawLine
    reasons: list[tuple[str, str, LawLine | None]] = field(default_factory=list)


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


def deadline_rows(lines: list[DeadlineLine], words: Words) -> list[DeadlineRow]:
    """Each deadline with its reasons."""
    return [_deadline(line, words) for line in lines]


def _deadline(line: DeadlineLine, words: Words) -> DeadlineRow:
    rule, explained = line.rule, line.explained
    return DeadlineRow(
        code=rule.code,
        title=words.text(rule.title),
        state=line.state,
        due_on=line.due_on,
        ended_on=explained.ended_on,
        brief=_brief(line, words),
        then=words.text(rule.then.title) if rule.then else "",
        law=words.law(rule.law),
        reasons=_reasons(line, words),
    )


def _length(line: DeadlineLine, words: Words) -> str:
    """The length that counts for this person."""
    extension = line.rule.extension
    return words.period(extension.length if extension and line.explained.extended else line.rule.length)


def _brief(line: DeadlineLine, words: Words) -> str:
    """The date in one line: what started it, when, and how long."""
    started_on = line.explained.started_on
    if started_on and line.started_by:
        values = {"event": words.fact(line.started_by), "date": words.date(started_on), "length": _length(line, words)}
        return _("%(event)s %(date)s, plus %(length)s.") % values
    starts = _(" or ").join(words.fact(name) for name in line.rule.starts_at)
    return _("%(length)s, but the start is not known: %(facts)s.") % {"length": _length(line, words), "facts": starts}


def _reasons(line: DeadlineLine, words: Words) -> list[tuple[str, str, LawLine | None]]:
    rule, explained = line.rule, line.explained
    names = [line.started_by] if line.started_by else rule.starts_at
    events = _(", or if that is not known: ").join(words.fact(name) for name in names)
    started = words.date(explained.started_on) if explained.started_on else _("not known yet")
    found: list[tuple[str, str, LawLine | None]] = [
        (_("Starts"), f"{events}: {started}", None),
        (_("Length"), words.period(rule.length), words.law(rule.law)),
    ]
    if rule.extension:
        found.append((_("Longer term"), _extension(line, words), words.law(rule.extension.law)))
    if rule.ends_at:
        ended = words.date(explained.ended_on) if explained.ended_on else _("not yet")
        found.append((_("Met by"), f"{words.fact(rule.ends_at)}: {ended}", None))
    if rule.then:
        found.append((_("If it passes"), words.text(rule.then.title), words.law(rule.then.law)))
    return found


def _extension(line: DeadlineLine, words: Words) -> str:
    extension = line.rule.extension
    assert extension is not None
    said = {
        True: _("Holds for this person: %(title)s, %(length)s instead"),
        False: _("Does not hold for this person: %(title)s (%(length)s)"),
        None: _("Not known if it holds: %(title)s (%(length)s)"),
    }[line.explained.extended]
    return said % {"title": words.text(extension.title), "length": words.period(extension.length)}


def fact_tables(overview: CaseOverview, words: Words, *, may_record: bool) -> list[FactTable]:
    """The facts by group, those that would decide an undecided case marked."""
    missing = set(overview.decision.missing or ()) if overview.decision else set()
    tables = []
    for group in overview.facts:
        rows = [_fact(line, overview.case, words, missing, may_record) for line in group.facts]
        known = [row for row, line in zip(rows, group.facts, strict=True) if line.value is not None or row.missing]
        blank = [row for row in rows if row not in known]
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
        record=address if may_record and not line.fact.derived else "",
    )
