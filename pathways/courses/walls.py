"""What no write may break, whoever writes: places of a course, and nobody in two sessions at the same time.

The triggers lock what they count: the row of the course, and per case an advisory lock on its timetable. The order is
always course, then timetables by case number, so that two writers never wait for each other.
"""

from __future__ import annotations

from typing import Final

import pgtrigger

TAKES_PART: Final = "({0}.state IN ('trial', 'enrolled'))"
HOLDS_PLACE: Final = "({0}.state IN ('trial', 'enrolled') OR ({0}.state = 'waiting' AND {0}.offered_on IS NOT NULL))"

# Of two enrolments of one case: sessions that both attend, from the day on which each takes part.
_CLASH: Final = f"""
    FROM courses_enrolment one
    JOIN courses_session mine ON mine.course_id = one.course_id AND mine.state <> 'cancelled'
        AND (mine.starts_at AT TIME ZONE 'Europe/Brussels')::date >= one.starts_on
    JOIN courses_enrolment two ON two.case_id = one.case_id AND two.id <> one.id AND {TAKES_PART.format("two")}
    JOIN courses_session other ON other.course_id = two.course_id AND other.state <> 'cancelled'
        AND (other.starts_at AT TIME ZONE 'Europe/Brussels')::date >= two.starts_on
        AND other.starts_at < mine.ends_at AND mine.starts_at < other.ends_at
    WHERE {TAKES_PART.format("one")}"""

_LOCK_TIMETABLE: Final = "PERFORM pg_advisory_xact_lock(hashtextextended('courses.timetable', {0}))"


def _refuse(name: str, message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


ENROLMENT_FITS: Final = pgtrigger.Trigger(
    name="enrolment_fits",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "course_id", "case_id", "offered_on", "starts_on"),  # type: ignore[no-untyped-call]
    declare=[("places", "integer"), ("taken", "integer")],
    func=f"""
    IF {HOLDS_PLACE.format("NEW")} THEN
        SELECT capacity INTO places FROM courses_course WHERE id = NEW.course_id FOR NO KEY UPDATE;
        SELECT count(*) INTO taken FROM courses_enrolment e
        WHERE e.course_id = NEW.course_id AND {HOLDS_PLACE.format("e")};
        IF taken > places THEN
            {_refuse("enrolment_over_capacity", "The course is full.")}
        END IF;
    END IF;
    IF {TAKES_PART.format("NEW")} THEN
        {_LOCK_TIMETABLE.format("NEW.case_id")};
        IF EXISTS (SELECT 1 {_CLASH} AND one.id = NEW.id) THEN
            {_refuse("enrolment_two_sessions_at_once", "The person would be in two sessions at once.")}
        END IF;
    END IF;
    RETURN NULL;""",  # noqa: S608  constants
)
"""Of an enrolment: a place is free, and its sessions overlap no other session of the person."""

SESSION_FITS: Final = pgtrigger.Trigger(
    name="session_fits",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("starts_at", "ends_at", "state", "course_id"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Condition("NEW.state <> 'cancelled'"),
    func=f"""
    PERFORM 1 FROM courses_course WHERE id = NEW.course_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM courses_session s WHERE s.course_id = NEW.course_id AND s.id <> NEW.id
        AND s.state <> 'cancelled' AND s.starts_at < NEW.ends_at AND NEW.starts_at < s.ends_at) THEN
        {_refuse("session_overlaps_course", "The course has another session at this time.")}
    END IF;
    {_LOCK_TIMETABLE.format("case_id")} FROM (
        SELECT e.case_id FROM courses_enrolment e
        WHERE e.course_id = NEW.course_id AND {TAKES_PART.format("e")} ORDER BY e.case_id
    ) people;
    IF EXISTS (SELECT 1 {_CLASH} AND mine.id = NEW.id) THEN
        {_refuse("session_two_at_once", "Somebody in the course has another session at this time.")}
    END IF;
    RETURN NULL;""",  # noqa: S608  constants
)
"""Of a session: it overlaps no session of its course and no other session of those who take part."""

CAPACITY_HOLDS: Final = pgtrigger.Trigger(
    name="capacity_holds",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("capacity"),  # type: ignore[no-untyped-call]
    func=f"""
    IF (SELECT count(*) FROM courses_enrolment e WHERE e.course_id = NEW.id AND {HOLDS_PLACE.format("e")})
        > NEW.capacity THEN
        {_refuse("course_capacity_below_taken", "More places are taken.")}
    END IF;
    RETURN NULL;""",  # noqa: S608  constants
)
"""Of a course: its capacity does not fall below the places that are taken."""
