"""Attendance at size: the register of a class, the progress of one case, and the nightly forecast of everybody.

Presences are made by set-based SQL in the real tables: classes of 20 with 60 lessons, 50 of them held. Each line stands beside
its floor in the same run: the rows themselves for reads, summing every presence by enrolment for the forecast.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.measuring import Book, Line, settle, spread, sql, stopwatch
from pathways.attendance.actions import refresh_outlooks
from pathways.attendance.queries import progress_of_case
from pathways.attendance.queries.register import register_of
from pathways.courses.models import Course

CLASS, LESSONS, HELD = 20, 60, 50
TABLES: Final = (
    "attendance_outlook, attendance_correction, attendance_result, attendance_presence, courses_enrolment,"
    " courses_session, courses_course_teachers, courses_course, courses_provider"
)
GUARDED: Final = ("courses_session", "courses_enrolment", "attendance_presence")
THINGS, TRIES = 40, 4

_PROVIDER: Final = """WITH org AS (INSERT INTO accounts_organisation (code, name, kind)
    VALUES ('bench-school', 'School', 'provider') ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name RETURNING id)
INSERT INTO courses_provider (organisation_id, name, region) SELECT id, 'School', 'flanders' FROM org"""
_COURSES: Final = """INSERT INTO courses_course (public_id, provider_id, title, component, language, level_from, level_to,
    hours, unit_minutes, place, timetable, calendar, starts_on, ends_on, capacity, evening, childcare, accessible, online,
    women_only, literacy)
SELECT gen_random_uuid(), p.id, 'Course ' || n, (ARRAY['language', 'language', 'social_orientation'])[1 + n %% 3], 'nl', '',
    '', 180, 60, '', '[]', 'flemish', %(on)s::date - 175, %(on)s::date + 34, 25, false, false, false, false, false, false
FROM courses_provider p, generate_series(1, %(courses)s) n"""
_SESSIONS: Final = """INSERT INTO courses_session (public_id, course_id, starts_at, ends_at, minutes, state, make_up, reason)
SELECT gen_random_uuid(), c.id, day + interval '9 hours', day + interval '12 hours', 180,
    CASE WHEN n <= %(held)s THEN 'held' ELSE 'planned' END, false, ''
FROM courses_course c, generate_series(1, %(lessons)s) n,
    LATERAL (SELECT (c.starts_on + (n * 7 / 2))::timestamp AT TIME ZONE 'Europe/Brussels' AS day) d"""
_ENROLMENTS: Final = """WITH numbered AS (
    SELECT id, row_number() OVER (ORDER BY id) AS place FROM cases_case ORDER BY id LIMIT %(people)s),
courses AS (SELECT id, starts_on, row_number() OVER (ORDER BY id) AS place FROM courses_course)
INSERT INTO courses_enrolment (public_id, course_id, case_id, state, enrolled_on, starts_on, end_reason, end_note,
    needs_childcare, needs_transport, needs_evening)
SELECT gen_random_uuid(), c.id, n.id, 'enrolled', c.starts_on, c.starts_on, '', '', false, false, false
FROM numbered n JOIN courses c ON c.place = 1 + (n.place - 1) / %(size)s"""
# In the order in which lessons are given: the marks of one person lie as far apart as in real life.
_PRESENCES: Final = """INSERT INTO attendance_presence (enrolment_id, session_id, state, minutes_planned, minutes_attended,
    minutes_late, make_up, cancelled, reason, source)
SELECT e.id, s.id, mark, s.minutes, CASE mark WHEN 'present' THEN s.minutes WHEN 'late' THEN s.minutes - 15 ELSE 0 END,
    CASE mark WHEN 'late' THEN 15 ELSE 0 END, false, false, '', 'classroom'
FROM courses_session s JOIN courses_enrolment e ON e.course_id = s.course_id,
    LATERAL (SELECT (ARRAY['present', 'present', 'present', 'present', 'present', 'present', 'present', 'late', 'excused',
        'absent'])[1 + floor(random() * (7.2 + e.id %% 4))::int %% 10] AS mark WHERE s.id + e.id > 0) m
WHERE s.state = 'held' ORDER BY s.starts_at, s.id"""
_FLOOR_GRID: Final = """SELECT p.*, e.public_id, k.sort_name FROM attendance_presence p
JOIN courses_enrolment e ON e.id = p.enrolment_id JOIN cases_case k ON k.id = e.case_id
JOIN courses_session s ON s.id = p.session_id WHERE e.course_id = %s"""
_FLOOR_CASE: Final = """SELECT p.state, p.minutes_planned, p.minutes_attended FROM attendance_presence p
JOIN courses_enrolment e ON e.id = p.enrolment_id WHERE e.case_id = %s"""
_FLOOR_ALL: Final = """SELECT count(*) FROM (SELECT enrolment_id, count(*), sum(minutes_attended), sum(minutes_planned)
FROM attendance_presence WHERE NOT cancelled GROUP BY 1) x"""


def populate(*, presences: int, on: dt.date) -> int:
    """About so many presences in the real tables, unless they are there; how many there are."""
    people = presences // HELD
    courses = -(-people // CLASS)
    (known,) = sql("SELECT count(*) FROM attendance_presence")[0]
    if known == people * HELD:
        return int(known)
    sql(f"TRUNCATE {TABLES} CASCADE")
    parameters = {"on": on, "courses": courses, "lessons": LESSONS, "held": HELD, "people": people, "size": CLASS}
    _triggers("DISABLE")  # the walls are tested elsewhere; here they would look up ten million rows one by one
    try:
        sql("SELECT setseed(0.42)")
        sql(_PROVIDER)
        for statement in (_COURSES, _SESSIONS, _ENROLMENTS, _PRESENCES):
            sql(statement, parameters)
    finally:
        _triggers("ENABLE")
    settle()
    return int(sql("SELECT count(*) FROM attendance_presence")[0][0])


def _triggers(what: str) -> None:
    for table in GUARDED:
        sql(f"ALTER TABLE {table} {what} TRIGGER USER")


def measure(book: Book, *, presences: int, on: dt.date) -> None:
    """Grid, case and night, each beside its floor."""
    made = populate(presences=presences, on=on)
    (enrolments,) = sql("SELECT count(*) FROM courses_enrolment")[0]
    book.remark(f"{made:,} presences of {enrolments:,} enrolments in classes of {CLASS}")
    _measure_grid(book, on)
    _measure_case(book, on)
    _measure_night(book, on, enrolments)


def _measure_grid(book: Book, on: dt.date) -> None:
    courses = list(Course.objects.select_related("provider").order_by("public_id")[:THINGS])

    def grid(number: int) -> None:
        assert register_of(courses[number % len(courses)], None, on=on) is not None

    mean, tail = spread(grid, things=THINGS, tries=TRIES)
    floor, _ = spread(lambda n: sql(_FLOOR_GRID, [courses[n % len(courses)].pk]), things=THINGS, tries=TRIES)
    with CaptureQueriesContext(connection) as captured:
        grid(0)
    note = f"{len(captured)} queries; 95th percentile {tail * 1000:.1f} ms"
    book.add(Line("attendance: register of a class", mean, "reading its presences", floor, None, note))


def _measure_case(book: Book, on: dt.date) -> None:
    cases = [row[0] for row in sql("SELECT case_id FROM courses_enrolment ORDER BY public_id LIMIT %s", [THINGS])]
    mean, tail = spread(lambda n: progress_of_case(cases[n % len(cases)], on=on), things=THINGS, tries=TRIES)
    floor, _ = spread(lambda n: sql(_FLOOR_CASE, [cases[n % len(cases)]]), things=THINGS, tries=TRIES)
    note = f"95th percentile {tail * 1000:.1f} ms"
    book.add(Line("attendance: progress of one case", mean, "reading its presences", floor, None, note))


def _measure_night(book: Book, on: dt.date, enrolments: int) -> None:
    sql("TRUNCATE attendance_outlook")
    floor = stopwatch(lambda: sql(_FLOOR_ALL), seconds=2)
    first = stopwatch(lambda: refresh_outlooks(case_ids=None, on=on))
    settle()
    again = stopwatch(lambda: refresh_outlooks(case_ids=None, on=on), times=2)
    words = "summing every presence by enrolment"
    note = f"{enrolments:,} enrolments"
    book.add(Line("attendance: first forecast of everybody", first, words, floor, None, note))
    book.add(Line("attendance: nightly forecast, nothing changed", again, words, floor, 3, note))
