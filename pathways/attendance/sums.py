"""The statements that sum presences: one for any number of enrolments, and one that forecasts every case at once.

A line of sums is one enrolment and one length of lesson. Sessions are summed per course and window of days, not per
person; presences repeat what their session says, so no session is read for them. Policies come as one parameter.
"""

# ruff: noqa: S608  (only constants of this module are put together; every value is a parameter)
from __future__ import annotations

from typing import Final

DAY_OF: Final = "({0} AT TIME ZONE 'Europe/Brussels')::date"

# An enrolment counts from its first day; one that stopped, until its last; one on trial or waiting does not count yet.
ENROLLED: Final = """
    SELECT e.id, e.case_id, e.course_id, c.component, coalesce(k.programme, '') AS programme,
        coalesce(d.trajectory_rule_set_id, 0) AS rule_set, e.state = 'enrolled' AS going_on,
        CASE WHEN e.starts_on > c.starts_on THEN e.starts_on END AS since,
        CASE WHEN e.state = 'stopped' THEN e.ended_on END AS until
    FROM courses_enrolment e
    JOIN courses_course c ON c.id = e.course_id
    JOIN cases_case k ON k.id = e.case_id
    LEFT JOIN cases_decision d ON d.case_id = e.case_id
    WHERE {which}"""

COUNTING: Final = "e.state IN ('enrolled', 'completed', 'stopped')"

LINES: Final = f"""
policy AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%(policies)s) AS p(
        rule_set bigint, programme text, num bigint, den bigint, by_law boolean, by_sessions boolean,
        excused text, late_present boolean, counts_make_up boolean)),
enrolled AS MATERIALIZED ({ENROLLED}),
seen AS (
    SELECT p.enrolment_id, p.minutes_planned AS minutes, p.make_up, count(*) AS held,
        sum(p.minutes_attended) AS attended, sum(p.minutes_late) AS late,
        count(*) FILTER (WHERE p.state = 'excused') AS excused, count(*) FILTER (WHERE p.minutes_attended > 0) AS came,
        count(*) FILTER (WHERE p.state = 'late' AND p.minutes_attended = 0) AS came_at_the_end
    FROM attendance_presence p WHERE NOT p.cancelled {{presences}}
    GROUP BY 1, 2, 3),
planned AS (
    SELECT w.course_id, w.since, w.until, s.minutes, s.make_up, count(*) AS number
    FROM (SELECT DISTINCT course_id, since, until FROM enrolled) w
    JOIN courses_session s ON s.course_id = w.course_id AND s.state <> 'cancelled'
        AND (w.since IS NULL OR {DAY_OF.format("s.starts_at")} >= w.since)
        AND (w.until IS NULL OR {DAY_OF.format("s.starts_at")} <= w.until)
    GROUP BY 1, 2, 3, 4, 5),
lines AS (
    SELECT e.id AS enrolment, e.case_id, e.component, e.rule_set, e.programme, n.minutes, n.make_up,
        n.number AS planned, coalesce(s.held, 0) AS held, coalesce(s.attended, 0) AS attended,
        coalesce(s.late, 0) AS late, coalesce(s.excused, 0) AS excused, coalesce(s.came, 0) AS came,
        coalesce(s.came_at_the_end, 0) AS came_at_the_end,
        CASE WHEN e.going_on THEN greatest(n.number - coalesce(s.held, 0), 0) ELSE 0 END AS to_come
    FROM enrolled e
    JOIN planned n ON n.course_id = e.course_id
        AND n.since IS NOT DISTINCT FROM e.since AND n.until IS NOT DISTINCT FROM e.until
    LEFT JOIN seen s ON s.enrolment_id = e.id AND s.minutes = n.minutes AND s.make_up = n.make_up)"""
"""`{which}` chooses the enrolments, `{presences}` narrows the presences to theirs where they are few."""

SUMS_OF_SOME: Final = (
    "WITH chosen AS MATERIALIZED (SELECT unnest(%(ids)s::bigint[]) AS id), "
    + LINES.format(
        which="e.{by} IN (SELECT id FROM chosen) AND {states}",
        presences="AND p.enrolment_id IN (SELECT id FROM enrolled)",
    )
    + """
SELECT l.enrolment, l.case_id, l.component, l.rule_set, l.programme, l.minutes, l.make_up, l.planned, l.held, l.attended,
    l.late, l.excused, l.came, l.came_at_the_end, l.to_come
FROM lines l ORDER BY l.enrolment, l.make_up, l.minutes DESC"""
)
"""Sums of chosen enrolments, by `e.id` or `e.case_id`; `{states}` says which of them count."""

# What `counting` and `forecast` say, for sets: sums in the unit of the policy, by case and component, and overall.
_FORECAST: Final = """
weighed AS (
    SELECT l.case_id, l.component, p.num, p.den, p.by_law, p.excused AS reading,
        CASE WHEN p.by_sessions THEN 1 ELSE l.minutes END AS weight, l.make_up, l.planned, l.held, l.excused, l.to_come,
        CASE WHEN p.by_sessions THEN l.came + CASE WHEN p.late_present THEN l.came_at_the_end ELSE 0 END
            ELSE l.attended + CASE WHEN p.late_present THEN l.late ELSE 0 END END AS attended
    FROM lines l JOIN policy p ON p.rule_set = l.rule_set AND p.programme = l.programme
    WHERE p.counts_make_up OR NOT l.make_up),
classes AS (
    SELECT case_id, coalesce(component, 'overall') AS scope, num, den, by_law, reading, weight,
        coalesce(sum(planned * weight) FILTER (WHERE NOT make_up), 0)::bigint AS planned,
        coalesce(sum(held * weight) FILTER (WHERE NOT make_up), 0)::bigint AS held,
        coalesce(sum(excused * weight) FILTER (WHERE NOT make_up), 0)::bigint AS excused,
        sum(attended)::bigint AS attended, sum(to_come)::bigint AS number
    FROM weighed
    GROUP BY GROUPING SETS ((case_id, component, num, den, by_law, reading, weight),
        (case_id, num, den, by_law, reading, weight))),
summed AS (
    SELECT c.*, sum(number * weight) OVER every AS left_over,
        sum(number * weight) OVER longest - number * weight AS longer,
        sum(attended + CASE WHEN reading = 'present' THEN excused ELSE 0 END) OVER every AS all_attended,
        sum(planned - CASE WHEN reading = 'not_counted' THEN excused ELSE 0 END) OVER every AS all_planned,
        sum(held - CASE WHEN reading = 'not_counted' THEN excused ELSE 0 END) OVER every AS all_held
    FROM classes c
    WINDOW every AS (PARTITION BY case_id, scope),
        longest AS (PARTITION BY case_id, scope ORDER BY weight DESC ROWS UNBOUNDED PRECEDING)),
sized AS (
    SELECT case_id, scope, num, den, by_law, all_planned AS planned, all_held AS held,
        least(all_attended, all_planned) AS attended, left_over, sum(number) AS lessons,
        (least(all_attended, all_planned) + left_over) * den - num * all_planned AS slack,
        sum(least(number, greatest(0, div(
            (least(all_attended, all_planned) + left_over) * den - num * all_planned - longer * den, weight * den))))
            AS fitting
    FROM summed GROUP BY case_id, scope, num, den, by_law, all_planned, all_held, all_attended, left_over),
said AS (
    SELECT case_id, scope, num, den, by_law, planned, held, attended, least(planned, attended + left_over) AS best,
        CASE WHEN planned = 0 THEN 'nothing_planned' WHEN num IS NULL THEN 'no_threshold'
            WHEN attended * den >= num * planned THEN 'reached' WHEN slack < 0 THEN 'out_of_reach'
            WHEN held > attended AND fitting <= %(tight)s THEN 'tight' ELSE 'reachable' END AS state,
        slack, fitting, left_over, lessons
    FROM sized)"""

FORECAST: Final = (
    "WITH "
    + LINES.format(which=COUNTING + " {which}", presences="{presences}")
    + ", "
    + _FORECAST
    + """
SELECT case_id, scope, state, coalesce(by_law, false) AS by_law, num::numeric / den AS threshold, planned, held, attended, best,
    CASE state WHEN 'reached' THEN left_over WHEN 'reachable' THEN div(slack, den) WHEN 'tight' THEN div(slack, den)
        ELSE 0 END AS can_miss,
    CASE state WHEN 'reached' THEN lessons WHEN 'reachable' THEN fitting WHEN 'tight' THEN fitting
        ELSE 0 END AS can_miss_lessons
FROM said"""
)
"""Forecast of every case that is in a course; `{which}` and `{presences}` may narrow it to some."""

KEEP: Final = """INSERT INTO attendance_outlook AS o
    (case_id, scope, state, by_law, threshold, planned, held, attended, best, can_miss, can_miss_lessons, "on", stale)
SELECT f.*, %(on)s, false FROM {forecast} f
ON CONFLICT (case_id, scope) DO UPDATE SET (state, by_law, threshold, planned, held, attended, best, can_miss,
    can_miss_lessons, "on", stale) = (EXCLUDED.state, EXCLUDED.by_law, EXCLUDED.threshold, EXCLUDED.planned, EXCLUDED.held,
    EXCLUDED.attended, EXCLUDED.best, EXCLUDED.can_miss, EXCLUDED.can_miss_lessons, EXCLUDED."on", false)
WHERE o.stale OR (o.state, o.by_law, o.threshold, o.planned, o.held, o.attended, o.best, o.can_miss, o.can_miss_lessons)
    IS DISTINCT FROM (EXCLUDED.state, EXCLUDED.by_law, EXCLUDED.threshold, EXCLUDED.planned, EXCLUDED.held,
    EXCLUDED.attended, EXCLUDED.best, EXCLUDED.can_miss, EXCLUDED.can_miss_lessons)"""
"""What was forecast is kept; rows already right are not written."""
