"""The status of each row: first match, then (only where something is unknown) all truths and the possible outcomes.

`k` packs the result of the first match: place * 64 + number of the rule, negative where that rule is unknown;
minus a line's number where no version could be chosen; NULL where none was in force.
"""

from collections.abc import Sequence

from pathways.rules.catalogue import STORED_FACTS
from pathways.rules.compiling import Compiler, both, either
from pathways.rules.evaluating.versions import BITS, Versions, line_number
from pathways.rules.lines import LINES
from pathways.rules.rule_sets import RuleSet, Status
from pathways.rules.sql import FALSE, TRUE, Sql, bind, compose, join

PACK = 64
RULE_BITS = 60  # as many as a rule set may have statuses


def first_match(compiler: Compiler, place: int, rule_set: RuleSet) -> Sql:
    """The first rule that is not false, each condition evaluated once and none after it."""
    parts: list[Sql] = []
    for number, status in enumerate(rule_set.statuses, 1):
        found, code = compiler.compile(status.when.node), place * PACK + number
        if found is TRUE:
            parts.append(Sql(str(code)))
            break
        if found is not FALSE:
            parts.append(compose(f"CASE {{}} WHEN TRUE THEN {code} WHEN FALSE THEN NULL ELSE -{code} END", found))
    return compose("COALESCE({})", join(", ", parts))


def truths(compiler: Compiler, statuses: Sequence[Status]) -> Sql:
    """One character per rule (t, f, u), up to and with the first that is true."""
    letters = [truth_letter(compiler.compile(status.when.node)) for status in statuses]
    return compose("(split_part({}, 't', 1) || 't')", join(" || ", letters))


def truth_letter(found: Sql) -> Sql:
    """`t`, `f` or `u`."""
    if found is TRUE or found is FALSE:
        return Sql("'t'" if found is TRUE else "'f'")
    return compose("CASE {} WHEN TRUE THEN 't' WHEN FALSE THEN 'f' ELSE 'u' END", found)


def possible_mask(statuses: Sequence[Status], found: str) -> Sql:
    """The outcomes that the truths (SQL text `found`) leave open, one bit each."""
    by_outcome: dict[str, list[int]] = {}
    for number, status in enumerate(statuses, 1):
        by_outcome.setdefault(status.outcome, []).append(number)
    parts = []
    for outcome, numbers in by_outcome.items():
        open_rules = " OR ".join(f"substr({found}, {number}, 1) IN ('t', 'u')" for number in numbers)
        parts.append(f"(CASE WHEN {open_rules} THEN {BITS[outcome]} ELSE 0 END)")
    return Sql(f"({' | '.join(parts)})")


def rule_bit(number: int) -> int:
    """The bit of a rule in `open_rules`: the first rule has the highest, so that later rules are lower bits."""
    return 1 << (RULE_BITS - number)


def open_rules(statuses: Sequence[Status], found: str) -> Sql:
    """The unknown rules that can still change the outcome, one bit each.

    The last that matters is the lowest bit of an unknown rule whose outcome is not the certain one; unknown rules
    after it change nothing. `bits & -bits` is the lowest bit, its negative all bits from there up.
    """
    unknown = f"rpad(translate({found}, 'uft', '100'), {RULE_BITS}, '0')::bit({RULE_BITS})::bigint"
    different = [
        sum(rule_bit(n) for n, other in enumerate(statuses, 1) if other.outcome != status.outcome)
        for status in statuses
    ]
    wrong = compose(f"({unknown} & ({{}})[length({found})])", bind(different, "bigint[]"))
    return compose(f"({unknown} & -({{}} & -{{}}))", wrong, wrong)


def decided_masks(versions: Versions) -> Sql:
    """The outcome bit of every decided `k`, as one array."""
    bits = [0] * (PACK * (len(versions.rule_sets) + 1))
    for place, rule_set in versions.places:
        for number, status in enumerate(rule_set.statuses, 1):
            bits[place * PACK + number - 1] = BITS[status.outcome]
    return bind(bits, "int[]")


def mask(versions: Versions) -> Sql:
    """The possible outcomes of a row, one bit each; exactly one bit: decided."""
    undecided = versions.by_place(
        Sql("e.v"), {place: possible_mask(rule_set.statuses, "e.truths") for place, rule_set in versions.places}
    )
    unknown_version = [
        f"WHEN {-line_number(line)} THEN {_all_outcomes(versions, line)}" for line in LINES if versions.of_line(line)
    ]
    return compose(
        f"CASE WHEN e.k >= {PACK} THEN ({{}})[e.k] WHEN e.k <= -{PACK} THEN {{}}"
        f" WHEN e.k < 0 THEN CASE e.k {' '.join(unknown_version) or 'WHEN 0 THEN 0'} END"
        f" ELSE {BITS['not_targeted']} END",
        decided_masks(versions),
        undecided,
    )


def _all_outcomes(versions: Versions, line: str) -> int:
    found = 0
    for _, rule_set in versions.of_line(line):
        for status in rule_set.statuses:
            found |= BITS[status.outcome]
    return found


def missing(versions: Versions, compiler: Compiler) -> Sql:
    """The stored facts that would decide an undecided row, in order of the catalogue's columns."""
    if not versions.rule_sets:
        return Sql("NULL::text[]")
    results = {place: _missing_of(compiler, rule_set) for place, rule_set in versions.places}
    cases = [f"WHEN e.k = {-line_number(line)} THEN {{}}" for line in versions.lines]
    unknown = [_missing_selector(versions, compiler, line) for line in versions.lines]
    return compose(
        "CASE WHEN e.mask & (e.mask - 1) <> 0 THEN CASE " + " ".join(cases) + " ELSE {} END END",
        *unknown,
        versions.by_place(Sql("e.v"), results),
    )


def _missing_of(compiler: Compiler, rule_set: RuleSet) -> Sql:
    found: dict[str, list[Sql]] = {}
    for number, status in enumerate(rule_set.statuses, 1):
        for name, condition in compiler.missing(status.when.node).items():
            open_rule = Sql(f"e.matters & {rule_bit(number)} <> 0")
            found.setdefault(name, []).append(both((open_rule, condition)))
    return name_array({name: either(conditions) for name, conditions in found.items()})


def _missing_selector(versions: Versions, compiler: Compiler, line: str) -> Sql:
    found: dict[str, list[Sql]] = {}
    for _, rule_set in versions.of_line(line):
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
        for name in STORED_FACTS
        if name in conditions
    ]
    return compose("array_remove(ARRAY[{}], NULL)", join(", ", items))
