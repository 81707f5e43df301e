"""What no write may break: a presence belongs to the course of its enrolment, and repeats what its session says.

The copies (minutes, make-up, cancelled) let ten million presences be summed without looking at a session; a trigger on
sessions keeps them right.
"""

from __future__ import annotations

from typing import Final

import pgtrigger

PRESENCE_FITS: Final = pgtrigger.Trigger(
    name="presence_fits",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("enrolment_id", "session_id"),  # type: ignore[no-untyped-call]
    func="""
    SELECT s.minutes, s.make_up, s.state = 'cancelled' INTO NEW.minutes_planned, NEW.make_up, NEW.cancelled
    FROM courses_session s JOIN courses_enrolment e ON e.course_id = s.course_id
    WHERE s.id = NEW.session_id AND e.id = NEW.enrolment_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The session is not one of the course.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'presence_of_course';
    END IF;
    RETURN NEW;""",
)
"""Of a presence: the session is one of the course, and its minutes are those of the session."""

PRESENCES_FOLLOW: Final = pgtrigger.Trigger(
    name="presences_follow_session",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("minutes", "make_up", "state"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.AnyChange("minutes", "make_up", "state"),
    func="""
    UPDATE attendance_presence p SET minutes_planned = NEW.minutes, make_up = NEW.make_up,
        cancelled = NEW.state = 'cancelled',
        minutes_late = least(p.minutes_late, NEW.minutes),
        minutes_attended = CASE p.state
            WHEN 'present' THEN NEW.minutes
            WHEN 'late' THEN NEW.minutes - least(p.minutes_late, NEW.minutes)
            ELSE 0 END
    WHERE p.session_id = NEW.id AND (p.minutes_planned, p.make_up, p.cancelled)
        IS DISTINCT FROM (NEW.minutes, NEW.make_up, NEW.state = 'cancelled');
    RETURN NULL;""",
)
"""Of a session: what presences repeat of it changes with it."""

_STALE: Final = """UPDATE attendance_outlook o SET stale = true FROM courses_enrolment e
    WHERE e.course_id = {course} AND o.case_id = e.case_id AND NOT o.stale;"""

SESSION_UNSETTLES: Final = pgtrigger.Trigger(
    name="outlooks_stale_by_session",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf("minutes", "make_up", "state", "starts_at"),  # type: ignore[no-untyped-call]
    declare=[("course", "bigint")],
    func=f"""
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.minutes, OLD.make_up, OLD.state = 'cancelled', OLD.starts_at)
            IS NOT DISTINCT FROM (NEW.minutes, NEW.make_up, NEW.state = 'cancelled', NEW.starts_at) THEN
            RETURN NULL;
        END IF;
    END IF;
    course := CASE WHEN TG_OP = 'DELETE' THEN OLD.course_id ELSE NEW.course_id END;
    {_STALE.format(course="course")}
    RETURN NULL;""",
)
"""Of a session: when one is added, moved, cancelled or taken away, the outlooks of its course are to be computed anew."""

ENROLMENT_UNSETTLES: Final = pgtrigger.Trigger(
    name="outlooks_stale_by_enrolment",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("state", "starts_on", "ended_on"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.AnyChange("state", "starts_on", "ended_on"),
    func="UPDATE attendance_outlook SET stale = true WHERE case_id = NEW.case_id AND NOT stale; RETURN NULL;",
)
"""Of an enrolment: when it begins to count or ends, the outlook of its case is to be computed anew."""
