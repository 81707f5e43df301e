"""Own facts in SQL: each a typed value out of the one JSON column that holds them.

Nothing here can raise: a value of another type than the definition (an older definition's) reads as blank. Nor while
PostgreSQL plans: it computes what never changes beforehand, so the test before a cast must be of that kind too.
"""

from collections.abc import Iterable

from pathways.rules.catalogue import Fact
from pathways.rules.sql import Sql, column, compose, join, quoted

COLUMN = "own"
_READ = {
    "bool": "CASE {0} -> '{1}' WHEN 'true'::jsonb THEN TRUE WHEN 'false'::jsonb THEN FALSE END",
    "int": "CASE WHEN {0} ->> '{1}' ~ '^-?[0-9]{{1,9}}$' THEN ({0} ->> '{1}')::int END",
    "date": "CASE WHEN pg_input_is_valid({0} ->> '{1}', 'date') THEN ({0} ->> '{1}')::date END",
    "choice": "{0} ->> '{1}'",
}


def own_value(alias: str, fact: Fact) -> Sql:
    """The value of an own fact in the row `alias`."""
    quoted(fact.name)  # nothing but a name gets into the text
    return Sql("(" + _READ[fact.type].format(column(alias, COLUMN).text, fact.name) + ")")


def own_columns(alias: str, facts: Iterable[Fact]) -> Sql:
    """These facts as columns of their names, each with a comma before it; nothing where there are none."""
    return join("", [compose(", {} AS " + quoted(fact.name), own_value(alias, fact)) for fact in facts])
