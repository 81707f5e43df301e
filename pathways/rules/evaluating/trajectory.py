"""What the trajectory asks of each row: two bits per component, for each class of outcome that is possible."""

from collections.abc import Iterable

from pathways.rules.compiling import Compiler, either, factored, implies, shared_part
from pathways.rules.conditions import All, Always, Node
from pathways.rules.evaluating.versions import BITS, NOT_CHOSEN, Versions
from pathways.rules.lines import COMPONENT_CODES, LINES
from pathways.rules.rule_sets import Component, RuleSet
from pathways.rules.sql import FALSE, TRUE, Sql, compose, join

NONE, REQUIRED, OFFERED, UNDECIDED = 0, 1, 2, 3
EVERY_OTHER_BIT = sum(1 << (2 * place) for place in range(len(COMPONENT_CODES)))
ALL_BITS = 3 * EVERY_OTHER_BIT

CLASSES = {
    "duty": BITS["obliged"],
    "right": BITS["entitled"] | BITS["postponed"],
    "freed": BITS["exempt"] | BITS["not_targeted"],
}
"""Outcomes that treat components alike: a duty requires, a right offers what a duty requires, a freed person may
follow only what is offered."""


def requirement(required: Sql, offered: Sql, kind: str, unit: int) -> Sql:
    """0 none, 1 required, 2 offered, 3 undecided, times `unit`: shifted here, not in every row."""
    if kind == "duty":
        other = _three_way(offered, OFFERED * unit, unit)
        if required is TRUE or required is FALSE:
            return Sql(str(REQUIRED * unit)) if required is TRUE else other
        return compose(
            f"CASE {{}} WHEN TRUE THEN {REQUIRED * unit} WHEN FALSE THEN {{}} ELSE {UNDECIDED * unit} END",
            required,
            other,
        )
    return _three_way(either((required, offered)) if kind == "right" else offered, OFFERED * unit, unit)


def _three_way(condition: Sql, value: int, unit: int) -> Sql:
    if condition is TRUE or condition is FALSE:
        return Sql(str(value if condition is TRUE else NONE))
    return compose(f"CASE {{}} WHEN TRUE THEN {value} WHEN FALSE THEN {NONE} ELSE {UNDECIDED * unit} END", condition)


def bits(compiler: Compiler, rule_set: RuleSet, kind: str) -> Sql:
    """All components of a version for one class of outcome; those with equal conditions are asked about once.

    What several conditions have in common is asked first, once, and the rest as it remains for each of its truths.
    """
    asked = [_asked(component, kind) for component in rule_set.components]
    common = shared_part([node for pair in set(asked) for node in pair]) if kind != "duty" else None
    if common is None:
        return _bits(compiler, rule_set, kind, asked)
    asked = [(factored(required, common), factored(offered, common)) for required, offered in asked]
    found = [
        _bits(compiler.knowing(common, truth), rule_set, kind, asked) for truth in (TRUE, FALSE, Sql("NULL::bool"))
    ]
    return compose("(CASE {} WHEN TRUE THEN {} WHEN FALSE THEN {} ELSE {} END)", compiler.compile(common), *found)


def _asked(component: Component, kind: str) -> tuple[Node, Node]:
    """When a component is required and offered, as far as it can make a difference for a class of outcome."""
    never = Always(value=False)
    required, offered = component.required_when.node, component.offered_when.node
    if kind == "freed":
        return never, offered
    # An offer that implies the requirement adds nothing to it.
    return required, never if isinstance(offered, All) and implies(offered, required) else offered


def _bits(compiler: Compiler, rule_set: RuleSet, kind: str, asked: list[tuple[Node, Node]]) -> Sql:
    alike: dict[tuple[Sql, Sql], int] = {}
    for component, (required, offered) in zip(rule_set.components, asked, strict=True):
        conditions = compiler.compile(required), compiler.compile(offered)
        alike[conditions] = alike.get(conditions, 0) | 1 << (2 * COMPONENT_CODES.index(component.code))
    fixed, parts = 0, []
    for (first, second), unit in alike.items():
        found = requirement(first, second, kind, unit)
        if found.text.isdigit():
            fixed |= int(found.text)
        else:
            parts.append(compose("({})", found))
    return join(" | ", [*([Sql(str(fixed))] if fixed or not parts else []), *parts])


def class_columns(versions: Versions, compiler: Compiler) -> dict[str, Sql]:
    """A column of bits for each class of outcome that a row may have; NULL for the classes it cannot have."""
    columns = {}
    for kind, outcomes in CLASSES.items():
        results = {place: compose("({})", bits(compiler, s, kind)) for place, s in versions.places}
        unknown = [
            f"WHEN e.w = {-number} THEN {_open(versions, [s for _, s in versions.of_line(line)], kind)}"
            for number, line in enumerate(LINES, 1)
            if versions.of_line(line)
        ]
        unknown.append(f"WHEN e.w = {NOT_CHOSEN} THEN {_open(versions, versions.open_choices(), kind)}")
        columns[kind] = compose(
            f"CASE WHEN e.mask & {outcomes} <> 0 THEN CASE WHEN e.w > 0 THEN {{}} {' '.join(unknown)} ELSE 0 END END",
            versions.by_place(Sql("e.w"), results),
        )
    return columns


def _open(versions: Versions, candidates: Iterable[RuleSet], kind: str) -> int:
    """Undecided for every component that a candidate version might ask for."""
    found, never = 0, Always(value=False)
    for rule_set in candidates:
        for component in rule_set.components:
            conditions = [component.offered_when.node]
            if kind != "freed":
                conditions.append(component.required_when.node)
            if any(condition != never for condition in conditions):
                found |= UNDECIDED << (2 * COMPONENT_CODES.index(component.code))
    return found


def folded(alias: str) -> str:
    """One value from the classes: where they differ, the component is undecided."""
    columns = [f"{alias}.{kind}" for kind in CLASSES]
    any_bits = " | ".join(f"COALESCE({name}, 0)" for name in columns)
    all_bits = " & ".join(f"COALESCE({name}, {ALL_BITS})" for name in columns)
    differ = f"(({any_bits}) # ({all_bits}))"
    spread = f"(({differ} | ({differ} >> 1)) & {EVERY_OTHER_BIT})"
    return f"CASE WHEN {alias}.undecided THEN ({any_bits}) | 3 * {spread} ELSE COALESCE({', '.join(columns)}) END"
