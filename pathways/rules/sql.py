"""SQL text with its parameters, composed without ever mixing the two.

Placeholders are psycopg's `%s`; a literal per cent sign is therefore written `%%`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from pathways.rules.dates import months_before

CASTS = {
    "bool": "bool",
    "int": "int",
    "date": "date",
    "code": "text",
    "choice": "text",
    "level": "text",
    "decimal": "numeric",
}


@dataclass(frozen=True, slots=True)
class Day:
    """A parameter that is told later: so many months before the day of evaluation, then so many days after that.

    What is compiled with it serves every day, until another version of a line begins or ends.
    """

    months: int = 0
    days: int = 0

    def at(self, on: dt.date) -> dt.date:
        """The day, where `on` is the day of evaluation."""
        found = months_before(on, self.months) if self.months else on
        return found + dt.timedelta(days=self.days) if self.days else found


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and the parameters of its `%s` placeholders, in order."""

    text: str
    params: tuple[Any, ...] = ()

    def __hash__(self) -> int:
        return hash(self.text)  # parameters may be lists

    def at(self, on: dt.date) -> "Sql":
        """The same for one day of evaluation: with days for parameters."""
        return Sql(self.text, tuple(param.at(on) if type(param) is Day else param for param in self.params))


FENCE = "OFFSET bigint '0'"
"""Ends a subquery that PostgreSQL must not pull up, lest it computes things twice. A typed literal: a bare 0 becomes a
constant only after PostgreSQL has asked whether the subquery may run in parallel, and so forbids it."""

TRUE, FALSE, NULL = Sql("TRUE"), Sql("FALSE"), Sql("NULL")


def compose(template: str, *parts: Sql) -> Sql:
    """Fill each `{}` of the template with a part; the parameters follow in the same order."""
    pieces = template.split("{}")
    if len(pieces) != len(parts) + 1:
        raise ValueError(f"{len(pieces) - 1} places for {len(parts)} parts in {template!r}")
    text = [pieces[0]]
    params: list[Any] = []
    for part, piece in zip(parts, pieces[1:], strict=True):
        text += part.text, piece
        params += part.params
    return Sql("".join(text), tuple(params))


def join(separator: str, parts: Iterable[Sql]) -> Sql:
    """All parts with the separator between them."""
    found = tuple(parts)
    return Sql(separator.join(part.text for part in found), tuple(p for part in found for p in part.params))


def bind(value: bool | int | str | dt.date | Day | Decimal | list[str] | list[int] | None, cast: str) -> Sql:
    """A literal as a parameter with an explicit cast, so that its type is never guessed."""
    return Sql(f"%s::{cast}", (value,))


def quoted(name: str) -> str:
    """A quoted identifier. Names come from the catalogue alone; the check guards against anything else."""
    if not all(c.isascii() and (c.isalnum() or c in "_.") for c in name):
        raise ValueError(f"not a name: {name!r}")
    return f'"{name}"'


@cache
def column(alias: str, name: str) -> Sql:
    """`alias."name"`."""
    return Sql(f"{alias}.{quoted(name)}")
