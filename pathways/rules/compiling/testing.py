"""Conditions as a test in `CASE WHEN`, where only TRUE counts: shorter than the three-valued expression.

A first match passes a dozen rules per row, and most of them are false; what is asked of each is what a row costs.
"""

from __future__ import annotations

from pathways.rules.catalogue import Fact
from pathways.rules.compiling.compiler import OPERATORS, Compiler, both, either, rank
from pathways.rules.compiling.measures import MEASURES
from pathways.rules.conditions import All, AnyOf, Between, Comparison, Holds, Member, Node, facts_in, walk
from pathways.rules.sql import FALSE, NULL, TRUE, Sql, compose, join


def never_unknown(compiler: Compiler, node: Node) -> bool:
    """Whether no blank fact can make this condition unknown."""
    return not any(compiler.blanks(fact) for part in walk(node) for fact in facts_in(part))


def met(compiler: Compiler, node: Node) -> Sql:
    """TRUE exactly where the condition is true; elsewhere FALSE or NULL. A default that changes nothing is left out."""
    if node in compiler.known:
        return compiler.known[node]
    match node:
        case All(parts):
            return both(met(compiler, part) for part in parts)
        case AnyOf(parts):
            return either(met(compiler, part) for part in parts)
        case Between(low, high):
            return both((met(compiler, low), met(compiler, high)))
        case Holds(fact) if _falls_back(compiler, fact) and fact.default is False:
            return compiler.column(fact.name)
        case Comparison("==", fact, True) if _falls_back(compiler, fact) and fact.default is False:
            return compiler.column(fact.name)
        case Comparison(operator, fact, right) if _falls_back(compiler, fact) and isinstance(right, int | str):
            if fact.type != "bool" and not OPERATORS[operator](rank(fact, fact.default), rank(fact, right)):
                return Compiler(compiler.on, compiler.alias, columns=compiler.columns, bare=True).compile(node)
        case Member(fact, values) if _falls_back(compiler, fact) and fact.default not in values:
            return Compiler(compiler.on, compiler.alias, columns=compiler.columns, bare=True).compile(node)
    return compiler.compile(node)


def _falls_back(compiler: Compiler, fact: Fact) -> bool:
    """Whether a blank of this fact stands for a value, and nothing else gives it one."""
    return fact.default is not None and fact.name not in compiler.given and fact.name not in MEASURES


def first_of(compiler: Compiler, tests: list[tuple[Node, int]]) -> Sql:
    """The code of the first condition that is not false: as it is where true, negative where unknown; NULL for none."""
    cases: list[Sql] = []
    last = NULL
    for node, code in tests:
        found = compiler.compile(node)
        if found is TRUE:
            last = Sql(str(code))
            break
        if found is FALSE:
            continue
        if never_unknown(compiler, node):
            cases.append(compose(f"WHEN {{}} THEN {code}", met(compiler, node)))
        else:
            cases.append(
                compose(f"WHEN {{}} IS NOT FALSE THEN CASE WHEN {{}} THEN {code} ELSE -{code} END", found, found)
            )
    return compose("CASE {} ELSE {} END", join(" ", cases), last) if cases else last
