"""The status of each row: first match, then the possible outcomes and what is missing (see `doubt`).

`k` packs the result of the first match: place of the version, number of the rule and place of its outcome, negative
where that rule is unknown; minus a line's number where no version could be chosen; NULL where none was in force.
"""

from pathways.rules.catalogue import STORED_FACTS, is_own
from pathways.rules.compiling import Compiler, both, either, first_of
from pathways.rules.evaluating import doubt
from pathways.rules.evaluating.versions import BITS, Versions, line_number
from pathways.rules.lines import LINES, OUTCOMES
from pathways.rules.rule_sets import RuleSet
from pathways.rules.sql import Sql, bind, compose, join

RULES = 64
OUTCOME_PLACES = 8
PACK = RULES * OUTCOME_PLACES
"""One version's room in `k`; what is below it is read with a mask, for a division of the negative rounds to zero."""
RULE = f"(e.k / {OUTCOME_PLACES} & {RULES - 1})"
"""The number of the rule in a positive `k`."""
DOUBTFUL = doubt.doubtful_rules("e").text
UNDECIDED = "(e.k < 0 AND e.mask & (e.mask - 1) <> 0)"
"""More than one bit in the mask; what is not negative was decided without anything unknown."""
UNDECIDED = "(e.k < 0 AND e.mask & (e.mask - 1) <> 0)"
"""More than one bit in the mask; what is not negative was decided without anything unknown."""


def first_match(compiler: Compiler, place: int, rule_set: RuleSet) -> Sql:
    """The first rule that is not false; none after it is evaluated."""
    tests = [
        (status.when.node, place * PACK + number * OUTCOME_PLACES + OUTCOMES.index(status.outcome))
        for number, status in enumerate(rule_set.statuses, 1)
    ]
    return first_of(compiler, tests)


def mask(versions: Versions) -> Sql:
    """The possible outcomes of a row, one bit each; exactly one bit: decided."""
    undecided = versions.by_place(
        Sql("e.v"), {place: doubt.possible_mask(s.statuses, "e", DOUBTFUL) for place, s in versions.places}
    )
    unknown_version = [
        f"WHEN {-line_number(line)} THEN {_all_outcomes(versions, line)}" for line in LINES if versions.of_line(line)
    ]
    return compose(
        f"CASE WHEN e.k >= {PACK} THEN 1 << (e.k & {OUTCOME_PLACES - 1}) WHEN e.k <= -{PACK} THEN {{}}"
        f" WHEN e.k < 0 THEN CASE e.k {' '.join(unknown_version) or 'WHEN 0 THEN 0'} END"
        f" ELSE {BITS['not_targeted']} END",
        undecided,
    )


def _all_outcomes(versions: Versions, line: str) -> int:
    found = 0
    for _, rule_set in versions.applying(line):
        for status in rule_set.statuses:
            found |= BITS[status.outcome]
    return found


def missing(versions: Versions, compiler: Compiler) -> Sql:
    """The stored facts that would decide an undecided row, in order of the catalogue's columns, own facts last."""
    if not versions.rule_sets:
        return Sql("NULL::text[]")
    results = {place: _missing_of(compiler, rule_set) for place, rule_set in versions.places}
    cases = [f"WHEN e.k = {-line_number(line)} THEN {{}}" for line in versions.lines]
    unknown = [_missing_selector(versions, compiler, line) for line in versions.lines]
    return compose(
        f"CASE WHEN {UNDECIDED} THEN CASE " + " ".join(cases) + " ELSE {} END END",
        *unknown,
        versions.by_place(Sql("e.v"), results),
    )


def _missing_of(compiler: Compiler, rule_set: RuleSet) -> Sql:
    found: dict[str, dict[Sql, int]] = {}  # by fact, the rules for which a condition makes it missing
    for number, status in enumerate(rule_set.statuses, 1):
        for name, condition in compiler.missing(status.when.node).items():
            rules = found.setdefault(name, {})
            rules[condition] = rules.get(condition, 0) | doubt.rule_bit(number)
    # The condition first: mostly it is a blank column, and mostly the column is not blank.
    return name_array(
        {
            name: either(both((condition, Sql(f"e.matters & {bits} <> 0"))) for condition, bits in rules.items())
            for name, rules in found.items()
        }
    )


def _missing_selector(versions: Versions, compiler: Compiler, line: str) -> Sql:
    found: dict[str, list[Sql]] = {}
    for _, rule_set in versions.applying(line):
        names = rule_set.duty_selector
        if "on" not in names:
            for name in names:
                found.setdefault(name, []).append(compose("{} IS NULL", compiler.first_known(names)))
    return name_array({name: either(dict.fromkeys(conditions)) for name, conditions in found.items()})


def name_array(conditions: dict[str, Sql]) -> Sql:
    """The names whose condition holds, as a text array."""
    if not conditions:
        return Sql("ARRAY[]::text[]")
    items = [
        compose("CASE WHEN {} THEN {} END", conditions[name], bind(name, "text"))
        for name in (*STORED_FACTS, *(name for name in conditions if is_own(name)))
        if name in conditions
    ]
    return compose("array_remove(ARRAY[{}], NULL)", join(", ", items))
