"""The statement that explains one case: the truth of every node of every condition, and the dates of the deadlines."""

# ruff: noqa: S608  (names come from the catalogue, every value is a parameter)

import datetime as dt
from collections.abc import Mapping, Sequence

from pathways.rules.catalogue import STORED_FACTS
from pathways.rules.compiling import Compiler, columns_of, own_columns, own_value
from pathways.rules.conditions import Node, Value, facts_in, walk
from pathways.rules.evaluating import doubt
from pathways.rules.evaluating.statement import due_on, extra_days
from pathways.rules.evaluating.versions import BITS
from pathways.rules.explaining.questions import Question, nodes, other_questions, status_questions
from pathways.rules.rule_sets import RuleSet
from pathways.rules.sql import FENCE, NULL, Sql, bind, column, compose, join, quoted


def explanation_sql(
    *,
    rule_set: RuleSet,
    relation: Sql,
    on: dt.date,
    given: Mapping[str, Value] | None = None,
    trajectory: RuleSet | None = None,
    progress: bool = False,
) -> Sql:
    """Explain each row of `relation` under `rule_set`; read a row with `read_explanation`.

    `trajectory` is the rule set of the trajectory where it is another one. With `progress` the relation must offer
    the progress facts too, and `met_when` and `issued_when` are explained.
    """
    asked, others = status_questions(rule_set), other_questions(rule_set, trajectory, progress=progress)
    own = {**rule_set.own, **(trajectory.own if trajectory else {})}
    first = Compiler(on, "f", given, {name: own_value("f", fact) for name, fact in own.items()})
    leaves, decided = _leaves(asked, others)
    inner = compose(
        f"SELECT f.*{{}}, {{}}, {{}} AS selected_on FROM ({{}}) AS f {FENCE}",
        own_columns("f", own.values()),
        join(", ", [compose(f"{{}} AS {name}", first.compile(leaf)) for leaf, name in leaves.items()] or [_NOTHING]),
        first.first_known(rule_set.duty_selector),
        relation,
    )
    columns = {leaf: column("e", name) for leaf, name in leaves.items()}
    statuses = Compiler(on, "e", given, known=columns)
    doubted = compose(
        f"SELECT e.*, {{}} AS certain, {{}} AS unknown FROM ({{}}) AS e {FENCE}",
        doubt.certain_rule(statuses, rule_set.statuses),
        doubt.unknown_rules(statuses, rule_set.statuses),
        inner,
    )
    doubtful = doubt.doubtful_rules("e").text
    masked = compose(
        f"SELECT e.*, {{}} AS outcomes FROM ({{}}) AS e {FENCE}",
        doubt.possible_mask(rule_set.statuses, "e", doubtful),
        doubted,
    )
    since = Sql(f'COALESCE(e."obliged_since", CASE WHEN e.outcomes = {BITS["obliged"]} THEN e.selected_on END)')
    known = {leaf: found for leaf, found in columns.items() if leaf not in decided}
    rest = Compiler(on, "e", given, {"obliged_since": since}, known)
    found = compose(
        f"SELECT e.id AS case_id, {doubt.letters('e', doubtful)} AS rule_truths, {{}} AS status_truths, {{}} AS truths,"
        " {} AS starts, {} AS dues, {} AS extras, {} AS ends, {} AS blanks, {} AS given, {} AS obliged_since FROM ({}) AS e",
        _truths(statuses, nodes(asked)),
        _truths(rest, nodes(others)),
        _dates([rest.first_known(deadline.starts_at) for deadline in rule_set.deadlines]),
        _dates([due_on(rest, deadline) for deadline in rule_set.deadlines]),
        _numbers([rest.value(STORED_FACTS[extra_days(deadline)]) for deadline in rule_set.deadlines]),
        _dates([rest.column(d.ends_at) if d.ends_at else NULL for d in rule_set.deadlines]),
        _blanks(nodes(asked)),
        bind(sorted(given or {}), "text[]"),
        since,
        masked,
    )
    return found.at(on)


_NOTHING = Sql("NULL AS nothing")


def _leaves(asked: Sequence[Question], others: Sequence[Question]) -> tuple[dict[Node, str], set[Node]]:
    """Each different leaf with the name of its column, and those that other questions must ask again.

    Beside the statuses, `obliged_since` follows from the decision, so a leaf that reads it is not the same there.
    """
    found: dict[Node, str] = {}
    decided: set[Node] = set()
    for question, of_status in [*((q, True) for q in asked), *((q, False) for q in others)]:
        for node in walk(question.node):
            names = [fact.name for fact in facts_in(node)]
            if "obliged_since" in names:
                decided.add(node)
            if names and (of_status or node not in decided):
                found.setdefault(node, f"leaf_{len(found)}")
    return found, decided


def _truths(compiler: Compiler, found: Sequence[Node]) -> Sql:
    return compose("ARRAY[{}]::bool[]", join(", ", [compiler.compile(node) for node in found]))


def _dates(found: Sequence[Sql]) -> Sql:
    return compose("ARRAY[{}]::date[]", join(", ", found))


def _numbers(found: Sequence[Sql]) -> Sql:
    return compose("ARRAY[{}]::int[]", join(", ", found))


def _blanks(found: Sequence[Node]) -> Sql:
    """The columns read by the statuses that are blank: with the truths they tell what is missing, node by node."""
    names = [f"CASE WHEN e.{quoted(name)} IS NULL THEN '{name}' END" for name in columns_of(found)]
    return Sql(f"array_remove(ARRAY[{', '.join(names)}]::text[], NULL)")
