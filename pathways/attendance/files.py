"""A file of marks for one course: read, matched with its sessions and people, and foreseen before anything is written.

Headings may be in Dutch, French, German or English. A person is found by the reference of the case or the national number.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from pathways.attendance.actions.recording import Entry
from pathways.attendance.counting import ABSENT, EXCUSED, LATE, PRESENT
from pathways.attendance.days import BRUSSELS, day_of, lock_days_of
from pathways.attendance.models import Presence
from pathways.courses.models import Course, Enrolment, Session
from pathways.documents.sheets import write_table
from pathways.people.names import fold
from pathways.registrations.cells import CellError, read_date
from pathways.registrations.files import open_list

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("reference", "referentie", "référence", "referenz", "dossier", "national number", "rijksregisternummer",
               "numéro national", "nationalregisternummer", "insz", "niss"),
    "day": ("date", "datum", "day", "dag", "jour", "tag"),
    "time": ("time", "uur", "heure", "uhrzeit", "tijd"),
    "mark": ("mark", "attendance", "aanwezigheid", "présence", "anwesenheit", "status"),
    "minutes": ("minutes late", "minuten te laat", "minutes de retard", "minuten verspätung"),
    "reason": ("reason", "reden", "motif", "raison", "grund"),
}  # fmt: skip
MARKS: Final[Mapping[str, str]] = {
    fold(word): mark
    for mark, words in {
        PRESENT: ("p", "present", "aanwezig", "présent", "présente", "anwesend", "1", "x"),
        LATE: ("l", "late", "te laat", "laat", "retard", "en retard", "verspätet", "t"),
        EXCUSED: ("e", "excused", "gewettigd", "verontschuldigd", "excusé", "excusée", "justifié", "entschuldigt"),
        ABSENT: ("a", "absent", "afwezig", "absente", "abwesend", "0"),
    }.items()
    for word in words
}
MOST = 5_000


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row that can be recorded."""

    session: str
    enrolment: str
    mark: str
    minutes: int
    reason: str


@dataclass(slots=True)
class Plan:
    """What importing a file would do: rows to record, rows refused with the sentence why, and rows by what becomes of them."""

    rows: list[FileRow] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def to_data(self) -> list[dict[str, Any]]:
        """The rows as plain data, to be signed and sent back by the page."""
        return [asdict(row) for row in self.rows]


def rows_of_data(data: Sequence[Mapping[str, Any]]) -> list[FileRow]:
    """The rows that `Plan.to_data` gave."""
    return [FileRow(**row) for row in data]


def entries_of(rows: Sequence[FileRow]) -> dict[str, list[Entry]]:
    """The rows as entries by session."""
    found: dict[str, list[Entry]] = {}
    for row in rows:
        entry = Entry(uuid.UUID(row.enrolment), row.mark, row.minutes, row.reason)
        found.setdefault(row.session, []).append(entry)
    return found


def plan_file(course: Course, content: bytes, *, on: dt.date) -> Plan:
    """The dry run. Raises ListError for a file that cannot be used at all. Five queries."""
    sheet = open_list(content)
    columns = {name: place for place, heading in enumerate(sheet.headings) if (name := _column(heading)) is not None}
    reader = _Reader(course, on)
    plan = Plan()
    if missing := [name for name in ("person", "day", "mark") if name not in columns]:
        plan.problems.append((1, _("Columns are missing: %(names)s.") % {"names": ", ".join(map(_title, missing))}))
        return plan
    seen: set[tuple[str, str]] = set()
    for number, cells in sheet.rows:
        if len(plan.rows) >= MOST:
            plan.problems.append((number, _("A file has at most %(most)d rows.") % {"most": MOST}))
            break
        values = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        _take(plan, number, reader, values, seen)
    return plan


def _take(plan: Plan, number: int, reader: _Reader, values: Mapping[str, str], seen: set[tuple[str, str]]) -> None:
    try:
        row, fate = reader.read(values)
        if (row.session, row.enrolment) in seen:
            raise _Refused(_("The same person and session stand in an earlier row."))
    except _Refused as error:
        plan.problems.append((number, str(error)))
        plan.counts["refused"] += 1
        return
    seen.add((row.session, row.enrolment))
    plan.rows.append(row)
    plan.counts[fate] += 1


def _column(heading: str) -> str | None:
    folded = fold(heading)
    return next((name for name, words in HEADINGS.items() if folded in {fold(word) for word in words}), None)


def _title(name: str) -> str:
    return HEADINGS[name][0]


class _Refused(Exception):  # noqa: N818  named by what it is
    """A row that cannot be recorded, with the sentence why."""


class _Reader:
    """Reads rows of one course against its sessions, people and marks."""

    def __init__(self, course: Course, on: dt.date) -> None:
        self.on = on
        self.sessions = list(course.sessions.counting())
        people = course.enrolments.exclude(state__in=[Enrolment.State.WAITING, Enrolment.State.WITHDRAWN])
        self.people: dict[str, Enrolment] = {}
        for one in people.select_related("case__person"):
            self.people[one.case.reference.upper()] = one
            if one.case.person.national_number:
                self.people[one.case.person.national_number] = one
        self.windows = lock_days_of(one.case.programme for one in self.people.values())
        marks = Presence.objects.filter(session__course=course)
        self.known = {(one.session_id, one.enrolment_id): one for one in marks}

    def read(self, values: Mapping[str, str]) -> tuple[FileRow, str]:
        """The row, and what would become of it: new, changed or unchanged."""
        enrolment = self._person(values["person"])
        session = self._session(values)
        if enrolment.starts_on > day_of(session):
            raise _Refused(_("This person was not yet in the course on that day."))
        mark = MARKS.get(fold(values["mark"]))
        if mark is None:
            raise _Refused(_("“%(value)s” is no mark.") % {"value": values["mark"][:30]})
        minutes = values.get("minutes", "")
        late = min(int(minutes), session.minutes) if minutes.isdigit() and mark == LATE else 0
        row = FileRow(str(session.public_id), str(enrolment.public_id), mark, late, values.get("reason", "")[:200])
        return row, self._fate(row, session, enrolment)

    def _fate(self, row: FileRow, session: Session, enrolment: Enrolment) -> str:
        known = self.known.get((session.pk, enrolment.pk))
        if known is None:
            return "new"
        if (known.state, known.minutes_late, known.reason) == (row.mark, row.minutes, row.reason):
            return "unchanged"
        if (self.on - day_of(session)).days > self.windows[enrolment.case.programme]:
            raise _Refused(_("The mark is locked: ask the counselor for a correction."))
        return "changed"

    def _person(self, text: str) -> Enrolment:
        found = self.people.get(text.upper().strip()) or self.people.get("".join(filter(str.isdigit, text)))
        if found is None:
            raise _Refused(_("“%(value)s” is nobody of this course.") % {"value": text[:30]})
        return found

    def _session(self, values: Mapping[str, str]) -> Session:
        try:
            day = dt.date.fromisoformat(read_date(values["day"].split(" ")[0].split("T")[0], on=self.on))
        except CellError as error:
            raise _Refused(_("“%(value)s” is no day up to today.") % {"value": values["day"][:30]}) from error
        found = [one for one in self.sessions if day_of(one) == day]
        if len(found) > 1:
            found = [
                one for one in found if f"{one.starts_at.astimezone(BRUSSELS):%H:%M}" == values.get("time", "")[:5]
            ]
        if not found:
            raise _Refused(_("The course has no session on that day and time."))
        return found[0]


def example_file(course: Course, *, kind: str, on: dt.date) -> bytes:
    """A file with the people of the course and its last session, to be filled in."""
    last = course.sessions.counting().filter(starts_at__date__lte=on).order_by("-starts_at").first()
    headings = ["reference", "name", "date", "time", "mark", "minutes late", "reason"]
    return write_table(kind=kind, title="attendance", headings=headings, rows=_example_rows(course, last))


def _example_rows(course: Course, last: Session | None) -> Iterator[list[str | dt.date | None]]:
    people = course.enrolments.taking_part().select_related("case__person").order_by("case__sort_name")
    start = last.starts_at.astimezone(BRUSSELS) if last else None
    for one in people:
        person = one.case.person
        name = f"{person.last_name}, {person.first_names}"
        yield [one.case.reference, name, start.date() if start else None, f"{start:%H:%M}" if start else "", "", "", ""]
