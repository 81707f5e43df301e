"""Derived numbers counted between two dates: ages and lengths of stay, as SQL over the dates themselves.

`age >= 18` is a birth date not after a cut-off day; nothing is computed per row. Where the second date is a
column too, the same is said with an interval, which PostgreSQL clamps just as `dates.months_before` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pathways.rules.dates import fewest_days
from pathways.rules.sql import Day, Sql, bind, compose


@dataclass(frozen=True, slots=True)
class Measure:
    """Completed units of `months` months from `since` until the first known of `until` (none: the evaluation date).

    `stand_in` names the fact that, given directly, is used where the dates do not tell.
    """

    since: str
    until: tuple[str, ...]
    months: int
    stand_in: str = ""


MEASURES: Mapping[str, Measure] = {
    "age": Measure("birth_date", (), 12),
    "age_at_registration": Measure("birth_date", ("first_registered_on",), 12, "age"),
    "legal_stay_months": Measure("legal_stay_since", (), 1),
    "legal_stay_months_at_registration": Measure(
        "legal_stay_since", ("registered_in_region_on", "first_registered_on"), 1, "legal_stay_months"
    ),
    "months_before_region": Measure("first_registered_on", ("registered_in_region_on",), 1),
}


def reached(measure: Measure, count: int, since: Sql, until: Sql | None) -> Sql:
    """Whether at least `count` units are completed; unknown while a date is."""
    if until is None:
        return compose("({} <= {})", since, bind(Day(months=count * measure.months), "date"))
    months = count * measure.months
    days = fewest_days(months)
    # Days first: taking an interval from a date costs ten times as much, and is needed within a week of the boundary only.
    return compose(
        "(CASE WHEN {} <= {} - {} THEN TRUE WHEN {} > {} - {} THEN FALSE ELSE {} <= ({} - {})::date END)",
        *(since, until, bind(days + 8, "int"), since, until, bind(days - 8, "int")),
        *(since, until, bind(f"{months} months", "interval")),
    )


def number(measure: Measure, since: Sql, until: Sql) -> Sql:
    """The number itself, for the rare comparison of two facts."""
    template = (
        "(SELECT floor(((date_part('year', u) - date_part('year', s)) * 12 + date_part('month', u)"
        " - date_part('month', s) - CASE WHEN date_part('day', u) < date_part('day', s) THEN 1 ELSE 0 END)"
        " / {}::float8)::int FROM (SELECT {} AS s, {} AS u) AS dates)"
    )
    return compose(template, bind(measure.months, "int"), since, until)
