"""When can a condition change by the mere passing of days? The next such day, as SQL.

A leaf that compares a date (or an age counted from it) with the evaluation date changes once or twice in a life.
Each change is a flip: it comes when the date plus so many months and days is reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pathways.rules.catalogue import Fact
from pathways.rules.compiling.compiler import Compiler
from pathways.rules.compiling.measures import MEASURES
from pathways.rules.conditions import Between, Comparison, Member, Node, Today, walk
from pathways.rules.dates import fewest_days
from pathways.rules.sql import Day, Sql, bind, compose, join

EVERY_DAY = ""


@dataclass(frozen=True, slots=True)
class Flip:
    """The day on which `column` + `months` + `days` is reached; column `EVERY_DAY`: any day may be one."""

    column: str
    months: int = 0
    days: int = 0

    @property
    def passed_before(self) -> Day:
        """The latest value of the column for which the flip has come by the day of evaluation."""
        return Day(months=self.months, days=-self.days)

    @property
    def fewest_days(self) -> int:
        """How long after the date of the column it comes at the earliest, in days."""
        return fewest_days(self.months) + self.days


def flips_in(compiler: Compiler, nodes: Iterable[Node]) -> frozenset[Flip]:
    """All flips of some conditions; facts given directly do not change with the days."""
    found: set[Flip] = set()
    for node in nodes:
        for part in walk(node):
            if isinstance(part, Between):
                found |= _comparison(compiler, part.low) | _comparison(compiler, part.high)
            elif isinstance(part, Comparison):
                found |= _comparison(compiler, part)
            elif isinstance(part, Member):
                for value in part.values:
                    found |= _measured(compiler, part.fact, "==", value)
    return frozenset(found)


def _comparison(compiler: Compiler, leaf: Comparison) -> set[Flip]:
    if isinstance(leaf.right, Fact):
        return set().union(*(_number(compiler, fact) for fact in (leaf.fact, leaf.right)))
    if not isinstance(leaf.right, Today):
        return _measured(compiler, leaf.fact, leaf.operator, leaf.right)
    if leaf.fact.name in compiler.given:
        return set()
    before, after = Flip(leaf.fact.name), Flip(leaf.fact.name, days=1)
    return {"<=": {before}, ">": {before}, "<": {after}, ">=": {after}}.get(leaf.operator, {before, after})


def _measured(compiler: Compiler, fact: Fact, operator: str, value: object) -> set[Flip]:
    measure = MEASURES.get(fact.name)
    if measure is None or measure.until or fact.name in compiler.given or not isinstance(value, int):
        return set()
    counts = {">=": (value,), "<": (value,), ">": (value + 1,), "<=": (value + 1,)}.get(operator, (value, value + 1))
    return {Flip(measure.since, measure.months * count) for count in counts}


def _number(compiler: Compiler, fact: Fact) -> set[Flip]:
    measure = MEASURES.get(fact.name)
    changes = measure is not None and not measure.until and fact.name not in compiler.given
    return {Flip(EVERY_DAY)} if changes else set()


def next_flip(compiler: Compiler, flips: Iterable[Flip]) -> Sql | None:
    """The first day after `on` on which one of the flips comes; None when there can be none.

    A flip may be told up to three days early, for months are counted by the fewest days they can have (adding days
    costs a tenth of adding an interval, in every row); it is never told late. Looked at early, nothing has changed, and
    the next day to look is the day after.
    """
    tomorrow = bind(Day(days=1), "date")
    parts: list[Sql] = []
    by_column: dict[str, list[Flip]] = {}
    # By the fewest days, so that whatever comes after the first flip that has not passed is told no later than it comes.
    for flip in sorted(flips, key=lambda f: (f.column, f.fewest_days, f.months)):
        by_column.setdefault(flip.column, []).append(flip)
    if EVERY_DAY in by_column:
        return tomorrow
    for name, found in by_column.items():
        column = compiler.column(name)
        cases = [
            compose(
                "WHEN {} > {} THEN GREATEST({} + {}, {})",
                column,
                bind(flip.passed_before, "date"),
                column,
                bind(flip.fewest_days, "int"),
                tomorrow,
            )
            for flip in found
        ]
        parts.append(compose("(CASE {} END)", join(" ", cases)))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else compose("LEAST({})", join(", ", parts))
