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
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("enrolment", "session"),
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
    operation=pgtrigger.UpdateOf("minutes", "make_up", "state"),
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
