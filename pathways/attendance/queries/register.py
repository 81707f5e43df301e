"""The register of a class: who takes part, what was recorded session by session, and what came of it for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import User
from pathways.attendance.days import BRUSSELS, day_of
from pathways.attendance.models import LOCK_DAYS, Presence, Result
from pathways.attendance.queries.progress import Progress, progress_of
from pathways.courses.models import Course, Enrolment, Session

SHOWN_BEFORE = 6
"""Sessions shown before the one that is filled in; one after it is shown too."""


@dataclass(frozen=True, slots=True)
class Column:
    """A session as a column: its number among the lessons of the plan (None for a make-up session)."""

    session: Session
    number: int | None
    day: dt.date
    chosen: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands for one person in one session; `concerns` is False before their first day."""

    column: Column
    presence: Presence | None
    concerns: bool

    @property
    def state(self) -> str:
        """The mark, "" where none is recorded."""
        return self.presence.state if self.presence else ""

    @property
    def letter(self) -> str:
        """Its letter in the grid."""
        return self.state[:1].upper()

    @property
    def minutes_late(self) -> int:
        """Minutes missed by being late."""
        return self.presence.minutes_late if self.presence else 0

    @property
    def reason(self) -> str:
        """What was written beside the mark."""
        return self.presence.reason if self.presence else ""

    @property
    def words(self) -> str:
        """The mark in words."""
        return self.presence.get_state_display() if self.presence else _("not recorded")


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the class."""

    enrolment: Enrolment
    cells: tuple[Cell, ...]
    progress: Progress | None
    locked: bool

    @property
    def now(self) -> Cell:
        """The cell of the session that is filled in."""
        return next(cell for cell in self.cells if cell.column.chosen)

    @property
    def fillable(self) -> bool:
        """Whether its mark can be set here: it concerns the person and is not locked."""
        return self.now.concerns and not (self.locked and self.marked)

    @property
    def marked(self) -> Presence | None:
        """The mark in that cell."""
        return self.now.presence


@dataclass(frozen=True, slots=True)
class Register:
    """The class on the page: the session that is filled in, those around it, and everybody's row."""

    course: Course
    session: Session
    number: int | None
    lessons: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    earlier: Session | None
    later: Session | None
    open: bool
    """Whether marks can be recorded: the session has begun to count and was not cancelled."""

    @property
    def without_mark(self) -> int:
        """How many of those concerned have no mark yet."""
        return sum(row.now.concerns and row.marked is None for row in self.rows)


def register_of(course: Course, session: Session | None, *, on: dt.date) -> Register | None:
    """The register of a course around `session` (None: the one that matters today); None where it has no session. Six queries."""
    sessions = list(course.sessions.counting().order_by("starts_at"))
    if session is not None and session not in sessions:  # a cancelled one is shown alone among the others
        sessions = sorted([*sessions, session], key=lambda one: one.starts_at)
    if not sessions:
        return None
    chosen = session or session_to_fill(sessions, on=on)
    place = sessions.index(chosen)
    columns = _columns(sessions, place, on)
    enrolments = list(people_of(course))
    return Register(
        course=course,
        session=chosen,
        number=next(column.number for column in columns if column.chosen),
        lessons=sum(not one.make_up and one.state != Session.State.CANCELLED for one in sessions),
        columns=columns,
        rows=_rows(enrolments, columns, on),
        earlier=sessions[place - 1] if place else None,
        later=sessions[place + 1] if place + 1 < len(sessions) else None,
        open=day_of(chosen) <= on and chosen.state != Session.State.CANCELLED,
    )


def session_to_fill(sessions: Sequence[Session], *, on: dt.date) -> Session:
    """Today's session, or else the last one held before, or else the first."""
    begun = [one for one in sessions if day_of(one) <= on]
    return begun[-1] if begun else sessions[0]


def people_of(course: Course) -> list[Enrolment]:
    """Who sits or sat in the class, by name."""
    found = course.enrolments.exclude(state__in=[Enrolment.State.WAITING, Enrolment.State.WITHDRAWN])
    return list(found.select_related("case__person").order_by("case__sort_name", "pk"))


def _columns(sessions: Sequence[Session], place: int, on: dt.date) -> tuple[Column, ...]:
    numbers: dict[int, int | None] = {}
    lesson = 0
    for one in sessions:
        counts = not one.make_up and one.state != Session.State.CANCELLED
        lesson += counts
        numbers[one.pk] = lesson if counts else None
    shown = sessions[max(0, place - SHOWN_BEFORE) : place + 2]
    chosen = sessions[place]
    return tuple(Column(one, numbers[one.pk], day_of(one), one.pk == chosen.pk, day_of(one) <= on) for one in shown)


def _rows(enrolments: Sequence[Enrolment], columns: Sequence[Column], on: dt.date) -> tuple[Row, ...]:
    shown = {column.session.pk: column for column in columns}
    presences = {
        (presence.enrolment_id, presence.session_id): presence
        for presence in Presence.objects.filter(enrolment__in=enrolments, session__in=list(shown))
    }
    progress = progress_of([one.pk for one in enrolments], on=on, trial=True)
    chosen = next(column for column in columns if column.chosen)
    age = (on - chosen.day).days
    return tuple(
        Row(
            one,
            tuple(
                Cell(column, presences.get((one.pk, number)), _concerns(one, column.day))
                for number, column in shown.items()
            ),
            progress.get(one.pk),
            age > (progress[one.pk].pinned.lock_days if one.pk in progress else LOCK_DAYS),
        )
        for one in enrolments
        if _concerns(one, chosen.day) or any((one.pk, number) in presences for number in shown)
    )


def _concerns(enrolment: Enrolment, day: dt.date) -> bool:
    return enrolment.starts_on <= day and (enrolment.ended_on is None or day <= enrolment.ended_on)


@dataclass(frozen=True, slots=True)
class TaughtCourse:
    """A course in the teacher's list."""

    course: Course
    people: int
    today: Session | None
    next: Session | None
    unfilled: tuple[Session, ...]


def courses_to_teach(teacher: User, *, on: dt.date) -> list[TaughtCourse]:
    """The courses of a teacher that run, or ended lately: with today's session and those that nobody has filled in. Two queries."""
    taking_part = Count("enrolments", filter=Q(enrolments__state__in=["trial", "enrolled"]))
    taught = (
        Course.objects.filter(teachers=teacher, ends_on__gte=on - dt.timedelta(days=60))
        .annotate(people=taking_part)
        .select_related("provider")
        .order_by("starts_on", "title", "pk")
    )
    recorded = Exists(Presence.objects.filter(session=OuterRef("pk")))
    by_course: dict[int, list[Session]] = {}
    for session in Session.objects.counting().filter(course__in=taught).annotate(filled=recorded).order_by("starts_at"):
        by_course.setdefault(session.course_id, []).append(session)
    return [_taught(course, by_course.get(course.pk, []), on) for course in taught]


def _taught(course: Course, sessions: Sequence[Session], on: dt.date) -> TaughtCourse:
    now = dt.datetime.combine(on, dt.time.max, BRUSSELS)
    past = [one for one in sessions if one.starts_at <= now and not one.filled]  # type: ignore[attr-defined]  # annotated
    return TaughtCourse(
        course,
        course.people,  # type: ignore[attr-defined]  # annotated
        today=next((one for one in sessions if day_of(one) == on), None),
        next=next((one for one in sessions if day_of(one) > on), None),
        unfilled=tuple(one for one in past if day_of(one) < on),
    )


def results_of(course: Course) -> dict[int, list[Result]]:
    """What was found of each person of a class, newest first. One query."""
    found: dict[int, list[Result]] = {}
    for result in Result.objects.filter(enrolment__course=course):
        found.setdefault(result.enrolment_id, []).append(result)
    return found
