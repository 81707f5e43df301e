"""Which version of a line applies: the selector date of each version decides, newest version first.

A version that transfers cases (policy `all_open`, `pinned`) takes, from its first day on, the cases of all versions
before it, whatever their selector dates; `pinned` leaves those whose contract was signed before that day.

Inside the SQL a version is its place (from 1) in the list of rule sets given; minus the place of its line means that
no version applies for certain because a selector date is unknown.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from pathways.rules.catalogue import Own
from pathways.rules.compiling import Compiler, both, either
from pathways.rules.conditions import Value
from pathways.rules.lines import LINES, OUTCOMES
from pathways.rules.rule_sets import RuleSet
from pathways.rules.sql import NULL, Sql, bind, column, compose, join

# The trajectory of a case whose programme is not chosen yet (Brussels) may be one of these.
OPEN_CHOICE_LINES = ("BX", "FL")
USUAL = 8  # times as many cases in a version without an end, as a guess
NOT_CHOSEN = -(len(LINES) + 1)
BITS: Mapping[str, int] = {outcome: 1 << place for place, outcome in enumerate(OUTCOMES)}


@dataclass(frozen=True)
class Versions:
    """The rule sets that take part, the day, and the facts given directly."""

    rule_sets: Sequence[tuple[int, RuleSet]]
    on: dt.date
    given: Mapping[str, Value] = field(default_factory=dict)
    forced: int | None = None

    def compiler(self, alias: str, columns: Mapping[str, Sql] | None = None) -> Compiler:
        """A compiler for one layer of the statement."""
        return Compiler(self.on, alias, self.given, columns)

    @property
    def places(self) -> list[tuple[int, RuleSet]]:
        """Every rule set with its place in the SQL."""
        return [(place, rule_set) for place, (_, rule_set) in enumerate(self.rule_sets, 1)]

    def of_line(self, line: str) -> list[tuple[int, RuleSet]]:
        """The versions of a line, newest first."""
        found = [(place, rule_set) for place, rule_set in self.places if rule_set.line == line]
        return sorted(found, key=lambda item: item[1].valid_from, reverse=True)

    def applying(self, line: str) -> list[tuple[int, RuleSet]]:
        """Those that can apply on the day, newest first: what is older than one that took all open cases is over."""
        found = self.of_line(line)
        last = next((i for i, (_, s) in enumerate(found) if self._begun(s) and policy(s) == "all_open"), len(found))
        return found[: last + 1]

    def _begun(self, rule_set: RuleSet) -> bool:
        return rule_set.valid_from <= self.on

    def _in_force(self, rule_set: RuleSet) -> bool:
        return self._begun(rule_set) and (rule_set.valid_to is None or self.on < rule_set.valid_to)

    @property
    def own(self) -> Own:
        """The own facts of all versions. A published fact keeps its type, so one definition serves them all."""
        return {name: fact for _, rule_set in self.rule_sets for name, fact in rule_set.own.items()}

    @property
    def lines(self) -> list[str]:
        """The lines that have versions here."""
        return [line for line in LINES if self.of_line(line)]

    @property
    def forced_place(self) -> int | None:
        """The place of the rule set used for everybody, if one is forced."""
        if self.forced is None:
            return None
        return next(place for place, (number, _) in enumerate(self.rule_sets, 1) if number == self.forced)

    def select(self, alias: str, which: str, result: Callable[[int, RuleSet], Sql], shared: Sql | None = None) -> Sql:
        """For each row the `result` of its version; `which` is `duty` or `trajectory`.

        `shared` is what was found for the duty: a trajectory of the same line has the same version where that line
        selects both by the same dates.

        Minus the number of the line where a selector date is unknown and no version applies; NULL where none was
        in force or the line is not known here; `NOT_CHOSEN` for a trajectory that is not chosen yet.
        """
        if self.forced_place is not None:
            return result(self.forced_place, self.rule_sets[self.forced_place - 1][1])
        line = column(alias, f"{which}_line")
        cases = {name: self._case(line, name, self._version(alias, which, name, result)) for name in self.lines}
        if not cases:
            return NULL
        if which == "duty":
            return compose("CASE {} END", join(" ", cases.values()))
        if shared is not None:
            alike = compose("WHEN {} = {} THEN {}", line, column(alias, "duty_line"), shared)
            last = [name for name in cases if self._selects_alike(name)]
            parts = [
                *(case for name, case in cases.items() if name not in last),
                alike,
                *(cases[name] for name in last),
            ]
        else:
            parts = list(cases.values())
        return compose(f"CASE WHEN {{}} IS NULL THEN {NOT_CHOSEN} {{}} END", line, join(" ", parts))

    def _case(self, line: Sql, name: str, found: Sql) -> Sql:
        return compose("WHEN {} = {} THEN {}", line, bind(name, "text"), found)

    def _selects_alike(self, line: str) -> bool:
        """Whether every version of a line is selected by the same dates for duty and trajectory."""
        return all(rule_set.duty_selector == rule_set.trajectory_selector for _, rule_set in self.of_line(line))

    def _version(self, alias: str, which: str, line: str, result: Callable[[int, RuleSet], Sql]) -> Sql:
        compiler, unknown = self.compiler(alias), {}
        first: list[Sql] = []
        cases: list[Sql] = []
        covered: tuple[tuple[str, ...], dt.date] | None = None  # from this day on, a case above said so
        for place, rule_set in self.applying(line):
            if policy(rule_set) == "all_open" and self._in_force(rule_set):
                return result(place, rule_set)
            names = selector(rule_set, which)
            day = compiler.first_known(names)
            if "on" not in names:
                unknown[names] = compose("{} IS NULL", day)
            said = rule_set.valid_to is None or covered == (names, rule_set.valid_to)
            found = compose(
                "WHEN {} THEN {}", self._window(compiler, rule_set, day, said=said), result(place, rule_set)
            )
            (first if self._takes(rule_set) and self._in_force(rule_set) else cases).append(found)
            covered = (names, rule_set.valid_from) if said else None
        if unknown:
            cases.append(compose(f"WHEN {{}} THEN {-line_number(line)}", either(unknown.values())))
        return compose("(CASE {} END)", join(" ", [*first, *cases]))

    def _takes(self, rule_set: RuleSet) -> bool:
        """Whether by now the version has taken cases of those before it."""
        return policy(rule_set) != "new_starts" and self._begun(rule_set)

    def _window(self, compiler: Compiler, rule_set: RuleSet, day: Sql, *, said: bool) -> Sql:
        """Whether the version applies; `said` where later days met a case above, or there are none."""
        since = compose("{} >= {}", day, bind(rule_set.valid_from, "date"))
        until = [] if rule_set.valid_to is None else [compose("{} < {}", day, bind(rule_set.valid_to, "date"))]
        if not self._takes(rule_set):
            return both([since] if said else [since, *until])
        if policy(rule_set) == "all_open":
            return both(until)
        unsigned = _not_signed(compiler, rule_set)
        if self._in_force(rule_set):
            return either([unsigned, both([since, *until])])
        return both([either([since, unsigned]), *until])

    def boundaries(self, alias: str, which: str) -> Sql | None:
        """The next day on which another version begins to apply.

        For rows whose selector date is the day itself; and for all, where a version takes them or stops doing so.
        """
        compiler, cases = self.compiler(alias), []
        if self.forced is not None:
            return None
        for name in self.lines:
            days: dict[tuple[str, ...], list[dt.date]] = {}
            for _, rule_set in self.of_line(name):
                names = selector(rule_set, which)
                if "on" in names:
                    coming = [d for d in (rule_set.valid_from, rule_set.valid_to) if d is not None and d > self.on]
                    days.setdefault(names[: names.index("on")], []).extend(coming)
            parts = [
                compose("CASE WHEN {} THEN {} END", _all_blank(compiler, names), bind(min(found), "date"))
                for names, found in days.items()
                if found
            ]
            if transfers := self._transfers(name):
                parts.append(bind(min(transfers), "date"))
            if parts:
                cases.append(compose("WHEN {} THEN LEAST({})", bind(name, "text"), join(", ", parts)))
        if not cases:
            return None
        return compose("(CASE {} {} END)", column(alias, f"{which}_line"), join(" ", cases))

    def _transfers(self, line: str) -> list[dt.date]:
        """The coming days on which a version takes the cases of a line, or the one that did is followed."""
        taking = [rule_set for _, rule_set in self.of_line(line) if policy(rule_set) != "new_starts"]
        days = [day for rule_set in taking for day in (rule_set.valid_from, rule_set.valid_to)]
        return [day for day in days if day is not None and day > self.on]

    def open_choices(self) -> list[RuleSet]:
        """The versions that a trajectory not chosen yet may turn out to be, on this day."""
        return [
            rule_set
            for name in OPEN_CHOICE_LINES
            for _, rule_set in self.of_line(name)
            if rule_set.valid_from <= self.on and (rule_set.valid_to is None or self.on < rule_set.valid_to)
        ]

    def by_place(self, key: Sql, results: Mapping[int, Sql]) -> Sql:
        """The result for the place that `key` holds; NULL where there is none (no version, none certain).

        A tree of comparisons, since a row would otherwise pass half the versions at each of these questions; versions
        that have no end are nearer to its root, for most cases are new.
        """
        if not results:
            return NULL
        weights = {place: 1 if rule_set.valid_to else USUAL for place, rule_set in self.places}
        ranges: list[_Range] = []
        for place in range(max(results) + 1):
            found = results.get(place, NULL)
            before = ranges.pop() if ranges and ranges[-1].found == found else None
            weight = weights.get(place, 1) + (before.weight if before else 0)
            ranges.append(_Range(place, found, weight))
        return _tree(key, [*ranges, _Range(0, NULL, 0)])  # the last is never asked: what lies beyond, an unknown key


class _Range(NamedTuple):
    """The last place of a range of equal results, and how often it is asked for."""

    last: int
    found: Sql
    weight: int


def _tree(key: Sql, ranges: Sequence[_Range]) -> Sql:
    if len(ranges) == 1:
        return ranges[0].found
    total = sum(one.weight for one in ranges)
    sums = list(accumulate(one.weight for one in ranges[:-1]))
    half = min(range(len(sums)), key=lambda place: abs(2 * sums[place] - total)) + 1
    return compose(
        f"(CASE WHEN {{}} <= {ranges[half - 1].last} THEN {{}} ELSE {{}} END)",
        key,
        _tree(key, ranges[:half]),
        _tree(key, ranges[half:]),
    )


def first_day_alike(rule_sets: Sequence[tuple[int, RuleSet]], on: dt.date) -> dt.date:
    """The first day on which the same versions had begun and ended as on day `on`: between the two only days pass."""
    boundaries = {day for _, one in rule_sets for day in (one.valid_from, one.valid_to) if day is not None}
    return max((day for day in boundaries if day <= on), default=dt.date.min)


def selector(rule_set: RuleSet, which: str) -> tuple[str, ...]:
    """The date facts that decide whether this version applies."""
    return rule_set.duty_selector if which == "duty" else rule_set.trajectory_selector


def policy(rule_set: RuleSet) -> str:
    """Which cases follow the version."""
    return rule_set.transition.policy


def _not_signed(compiler: Compiler, rule_set: RuleSet) -> Sql:
    """No contract from before the version: what was signed then stays with the rules it was signed under."""
    signed = compiler.column("contract_signed_on")
    return compose("COALESCE({} >= {}, TRUE)", signed, bind(rule_set.valid_from, "date"))


def line_number(line: str) -> int:
    """The number of a line in the SQL, from 1."""
    return LINES.index(line) + 1


def _all_blank(compiler: Compiler, names: Sequence[str]) -> Sql:
    return both([compose("{} IS NULL", compiler.column(name)) for name in names])
