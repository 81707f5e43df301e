"""Where something is unknown: the certain rule, the doubtful ones before it, and the outcomes they leave open.

`certain` is the number of the first true rule, `unknown` has a bit for every rule that is unknown; only bits before the
certain rule count. Bits and not letters, for text costs several times as much in every such row.
"""

from collections.abc import Sequence

from pathways.rules.compiling import Compiler, met, never_unknown
from pathways.rules.evaluating.versions import BITS
from pathways.rules.rule_sets import Status
from pathways.rules.sql import FALSE, TRUE, Sql, bind, compose, join

RULE_BITS = 60
"""As many rules as a rule set may have."""
_NOTHING = Sql("0::bigint")


def rule_bit(number: int) -> int:
    """The bit of a rule: the first rule has the highest, so that later rules are lower bits."""
    return 1 << (RULE_BITS - number)


def certain_rule(compiler: Compiler, statuses: Sequence[Status]) -> Sql:
    """The number of the first rule that is true; there is always one, for the last is."""
    cases: list[Sql] = []
    for number, status in enumerate(statuses, 1):
        found = compiler.compile(status.when.node)
        if found is TRUE:
            return compose(f"(CASE {{}} ELSE {number} END)", join(" ", cases)) if cases else Sql(str(number))
        if found is not FALSE:
            cases.append(compose(f"WHEN {{}} THEN {number}", met(compiler, status.when.node)))
    return compose("(CASE {} END)", join(" ", cases))


def unknown_rules(compiler: Compiler, statuses: Sequence[Status]) -> Sql:
    """A bit for each rule that is unknown, those after the certain rule included."""
    parts = []
    for number, status in enumerate(statuses, 1):
        found = compiler.compile(status.when.node)
        if found is TRUE:
            break
        if found is not FALSE and not never_unknown(compiler, status.when.node):
            parts.append(compose(f"(CASE WHEN {{}} IS NULL THEN {rule_bit(number)}::bigint ELSE 0 END)", found))
    return compose("({})", join(" | ", parts)) if parts else _NOTHING


def doubtful_rules(alias: str) -> Sql:
    """The unknown rules before the certain one: minus its bit is every bit from there up, and its own is never set."""
    return Sql(f"({alias}.unknown & -(1::bigint << ({RULE_BITS} - {alias}.certain)))")


def possible_mask(statuses: Sequence[Status], alias: str, doubtful: str) -> Sql:
    """The outcomes that are left open, one bit each; `doubtful` is SQL of the doubtful rules."""
    bits = bind([BITS[status.outcome] for status in statuses], "int[]")
    parts = [compose(f"({{}})[{alias}.certain]", bits)]
    for outcome in dict.fromkeys(status.outcome for status in statuses):
        rules = sum(rule_bit(n) for n, status in enumerate(statuses, 1) if status.outcome == outcome)
        parts.append(Sql(f"(CASE WHEN {doubtful} & {rules}::bigint <> 0 THEN {BITS[outcome]} ELSE 0 END)"))
    return compose("({})", join(" | ", parts))


def open_rules(statuses: Sequence[Status], alias: str, doubtful: str) -> Sql:
    """The doubtful rules that can still change the outcome, one bit each.

    The last that matters is the lowest bit of a doubtful rule whose outcome is not the certain one; doubtful rules
    after it change nothing. `bits & -bits` is the lowest bit, its negative all bits from there up.
    """
    different = [
        sum(rule_bit(n) for n, other in enumerate(statuses, 1) if other.outcome != status.outcome)
        for status in statuses
    ]
    wrong = compose(f"({doubtful} & ({{}})[{alias}.certain])", bind(different, "bigint[]"))
    return compose(f"({doubtful} & -({{}} & -{{}}))", wrong, wrong)


def letters(alias: str, doubtful: str) -> str:
    """One character per rule (t, f, u), up to and with the certain one."""
    bits = f"substr(({doubtful})::bit({RULE_BITS})::text, 1, {alias}.certain - 1)"
    return f"(translate({bits}, '01', 'fu') || 't')"
